package org.stripeanalytics.warehouse;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Where the tables are. Pipelines read, load and publish through this port and do not know which
 * warehouse is behind it; every adapter passes the same contract test.
 */
public interface Warehouse extends Serializable {

  /**
   * Creates every layer and table that is missing, from the contracts, and lets tables of an
   * earlier version grow: columns that may be empty are added, and columns that no longer have to
   * be filled may be empty from now on. A warehouse that is reached over a network does so by
   * itself when a publication runs, so that building a graph asks nothing of it.
   *
   * @throws WarehouseException when a table holds rows that its contract no longer admits
   */
  void createTables();

  /**
   * Whether there is anything to read. A warehouse that is reached over a network says yes without
   * looking, so that building a graph asks nothing of it.
   */
  default boolean exists() {
    return true;
  }

  /**
   * Reads the rows of a table, in parallel, in no particular order. Bounded; elements are in the
   * global window with the minimum timestamp.
   */
  <T> PTransform<PBegin, PCollection<T>> read(TableRead<T> read);

  /**
   * Reads several tables, and makes an element of each row or leaves it out; otherwise as {@link
   * #read}. A warehouse may read all of them in one step.
   */
  default <E> PTransform<PBegin, PCollection<E>> readAll(
      ImmutableList<MappedRead<?, E>> reads, Coder<E> coder) {
    return new ReadEach<>(this, reads, coder);
  }

  /**
   * The rows of a small table, at once and in this process, in no particular order. It runs a
   * query, so it is for steps of a pipeline and not for building one.
   */
  default <T> ImmutableList<T> list(TableRead<T> read) {
    RowCodec<T> codec = RowCodec.of(read.rowClass());
    String columns =
        // After a dot even a reserved word is a name, in every warehouse and unquoted.
        codec.schema().getFieldNames().stream().map(name -> "t." + name).collect(joining(", "));
    return AnsweredRows.of(
        query(
            "SELECT "
                + columns
                + " FROM "
                + read.table().name()
                + " AS t"
                + read.condition().map(condition -> " WHERE " + condition).orElse("")),
        codec);
  }

  /**
   * False only if a read would give no row: a run that goes on from nothing needs no steps for what
   * earlier ones have left. That is of now, and a run must not publish between asking and reading.
   * A warehouse that is reached over a network says yes without looking, so that building a graph
   * asks nothing of it.
   */
  default boolean mayHold(TableRead<?> read) {
    return true;
  }

  /**
   * Whether {@link #list} finds a few thousand rows by their keys in less time than the table takes
   * to be read. Where there are no indexes, or a query is paid by the size of what it looks
   * through, it does not.
   */
  default boolean findsByKey() {
    return false;
  }

  /**
   * What one run is going to publish: loads are staged beside the tables and become visible
   * together or not at all.
   *
   * <p>The id and the time together name a run. A warehouse may take another publication with the
   * same of both for the same one, which it has carried out already.
   *
   * @param runId names the staging area; letters, digits, {@code -} and {@code _}
   * @param interval what the run owns in tables owned by interval
   * @param ingestedAt stamped on every row as {@code _ingested_at}
   */
  Publication publication(String runId, DataInterval interval, Instant ingestedAt);

  /**
   * How a stored table differs from its contract, in words, one difference each; empty if its
   * columns and their types are those of the contract.
   */
  List<String> differences(WarehouseTable<?> table);

  /**
   * What one ingestion is going to publish. It owns no interval: a row it loads into a table of
   * end-of-day versions (one with {@code _changed_at}) takes the place of the row with the same
   * primary key, or gives way to it, and all other rows stay. So a file of one day keeps the rest
   * of its month, an object that comes late lands in its month, and files may come in any order and
   * any number of times. Of several rows with one key, stored or loaded, that stands which
   *
   * <ol>
   *   <li>changed last, by {@code _changed_at}; if those are equal,
   *   <li>came by the more trusted route, {@link org.stripeanalytics.model.raw.DeliveryRoute}; if
   *       that is the same,
   *   <li>was delivered on its own and not inside another object; if neither or both were,
   *   <li>was ingested last, if both were delivered by events, because an ingestion looks up what
   *       the table's earlier events say of that second; if both came with one ingestion, or by
   *       other routes,
   *   <li>has come further by the contract's {@code laterBy}; if it has not,
   *   <li>has the greater MD5, in hexadecimal, of its {@code _payload}, none counting as empty; if
   *       even that is the same, the loaded one.
   * </ol>
   *
   * <p>Of two that are the same delivery, by time, route and payload, always the loaded one stands,
   * which may have been read by corrected code.
   *
   * <p>Tables of other kinds are published as by {@link #publication}; a table that is owned by
   * interval and has no {@code _changed_at} cannot be loaded.
   *
   * @param runId names the staging area; letters, digits, {@code -} and {@code _}
   * @param ingestedAt stamped on every row as {@code _ingested_at}
   */
  Publication mergingPublication(String runId, Instant ingestedAt);

  /**
   * Adds rows to a table that only grows, at once and from this process: for the few that describe
   * a run. A row takes the place of one with its key that the same run has added before, under the
   * same time.
   *
   * @param table owned by {@code append}
   * @param runId names the run; letters, digits, {@code -} and {@code _}
   * @param ingestedAt stamped on every row as {@code _ingested_at}
   */
  <T> void append(WarehouseTable<T> table, List<T> rows, String runId, Instant ingestedAt);

  /**
   * Writes rows as they come, unbounded and in whatever windows they are: a row takes the place of
   * one with its key, and readers see it within seconds. It is for tables of the layer {@code
   * streaming}, which no publication touches.
   *
   * @param table owned by {@code latest}
   * @param sequence which of two rows of one key is the later one, of those that are written
   *     together; what is written later stands above what was written before
   * @param runId names the job; letters, digits, {@code -} and {@code _}
   * @param startedAt stamped on every row as {@code _ingested_at}; rows of a later job take the
   *     place of those of an earlier one
   */
  default <T> PTransform<PCollection<T>, PDone> upsert(
      WarehouseTable<T> table,
      SerializableFunction<T, Long> sequence,
      String runId,
      Instant startedAt) {
    return new UpsertRows<>(this, table, sequence, runId, startedAt);
  }

  /**
   * A hash of the rows that a run has put into a table, whatever their order, to compare with that
   * of another run into the same warehouse. Engines hash in their own way.
   *
   * @param interval what the run owns; null if it merges
   */
  String checksum(WarehouseTable<?> table, String runId, @Nullable DataInterval interval);

  /**
   * Row count and content hash of every table outside {@code ops}, by name. Warehouses with equal
   * checksums hold equal rows, whatever kinds they are.
   */
  ImmutableList<TableChecksum> checksums(Set<String> leftOutColumns);

  /** Runs one read-only statement and returns its whole answer: for people, tests and checks. */
  QueryResult query(String sql);

  /**
   * Keeps the warehouse open until the result is closed. Queries work without; whoever has many of
   * them saves opening it for each, where that takes longer than the query.
   */
  default Hold holdOpen() {
    return () -> {};
  }

  /** Lets go when it is closed. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }
}
