package org.stripeanalytics.warehouse.postgresql;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.MappedRead;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.QueryResult;
import org.stripeanalytics.warehouse.ReadSplits;
import org.stripeanalytics.warehouse.ReportingZones;
import org.stripeanalytics.warehouse.RunChecksum;
import org.stripeanalytics.warehouse.RunClaim;
import org.stripeanalytics.warehouse.RunId;
import org.stripeanalytics.warehouse.StagedRows;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * The warehouse in a PostgreSQL database: a schema per layer, with the environment's prefix. To
 * open it and to build a graph on it asks nothing of the server; a publication makes the tables
 * that are missing when it runs.
 */
public final class PostgresWarehouse implements Warehouse {
  /** Of the values and not of their text, which takes twice as long to make. */
  private static final String ROW_HASH = "hash_record_extended(" + RunChecksum.ROW + ", 0)";

  private final PostgresDatabase database;
  private final SchemaNames names;
  private final ContractTables tables;

  private PostgresWarehouse(PostgresDatabase database, SchemaNames names, ContractTables tables) {
    this.database = database;
    this.names = names;
    this.tables = tables;
  }

  /**
   * A warehouse that need not exist yet.
   *
   * @param prefix of the schemas of one environment, as in {@code dev}; may be empty
   * @param reportingZone the zone whose days are the warehouse's days, fixed by its first run
   */
  public static PostgresWarehouse open(
      PostgresDatabase database, String prefix, ZoneId reportingZone) {
    SchemaNames names = new SchemaNames(prefix);
    return new PostgresWarehouse(
        database, names, new ContractTables(names, ReportingZones.nameOf(reportingZone)));
  }

  @Override
  public void createTables() {
    try (Connection connection = database.connect()) {
      tables.createAll(connection);
    } catch (SQLException e) {
      throw new WarehouseException(
          "cannot create the tables of " + this + ": " + SqlMessages.of(e), e);
    }
  }

  @Override
  public <T> PTransform<PBegin, PCollection<T>> read(TableRead<T> read) {
    return readAll(
        ImmutableList.of(new MappedRead<>(read, Optional::of)), RowCoder.of(read.rowClass()));
  }

  @Override
  public <E> PTransform<PBegin, PCollection<E>> readAll(
      ImmutableList<MappedRead<?, E>> reads, Coder<E> coder) {
    return new ReadSplits<>(new HashSplits(database, names), reads, coder);
  }

  @Override
  public <T> ImmutableList<T> list(TableRead<T> read) {
    ImmutableList.Builder<T> rows = ImmutableList.builder();
    try {
      new HashSplits(database, names).read(read, 0, 1, rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows.build();
  }

  @Override
  public Publication publication(String runId, DataInterval interval, Instant ingestedAt) {
    return new PostgresPublication(area(runId, interval, ingestedAt), tables);
  }

  @Override
  public Publication mergingPublication(String runId, Instant ingestedAt) {
    return new PostgresPublication(area(runId, null, ingestedAt), tables);
  }

  StagingTables area(String runId, @Nullable DataInterval interval, Instant ingestedAt) {
    Instant micros = EpochMicros.toInstant(EpochMicros.of(ingestedAt));
    String utc = LocalDateTime.ofInstant(micros, ZoneOffset.UTC).toString();
    return new StagingTables(database, names, RunId.check(runId), utc, interval, "publish");
  }

  /**
   * The right to run a pipeline here, which one process has at a time.
   *
   * @throws WarehouseException when another process has it
   */
  public RunClaim claim(String pipeline) {
    return PostgresLease.take(database, names, pipeline);
  }

  ContractTables tables() {
    return tables;
  }

  @Override
  public List<String> differences(WarehouseTable<?> table) {
    try {
      return SharedConnections.use(
          database,
          connection -> StoredColumns.in(connection, names).differences(table.contract()));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look at the columns of " + table, e);
    }
  }

  @Override
  public <T> void append(WarehouseTable<T> table, List<T> rows, String runId, Instant ingestedAt) {
    if (rows.isEmpty()) {
      return;
    }
    // Not the run's own staging table: that may hold what is not published yet.
    StagingTables area = area(runId, null, ingestedAt).forAppending();
    CopiedBatch<T> batch = CopiedBatch.ofThisProcess(area, table);
    try {
      for (T row : rows) {
        batch.write(row);
      }
      List<StagedRows> staged = batch.finish().stream().toList();
      List<WarehouseTable<?>> appended = new ArrayList<>(List.of(table));
      var unused = new PublishStaged(area, tables).publish(appended, staged, null);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot add rows to " + table, e);
    }
  }

  @Override
  public String checksum(WarehouseTable<?> table, String runId, @Nullable DataInterval interval) {
    return (String) query(RunChecksum.sql(table.contract(), runId, interval, ROW_HASH)).value();
  }

  @Override
  public ImmutableList<TableChecksum> checksums(Set<String> leftOutColumns) {
    return TableChecksum.tables().stream()
        .map(
            table ->
                TableChecksum.of(this, table, ChecksumSql.of(table.contract(), leftOutColumns)))
        .collect(toImmutableList());
  }

  /**
   * Runs one SELECT. Tables are named {@code layer.table} in any environment.
   *
   * @throws WarehouseException when it is anything else, or PostgreSQL refuses it
   */
  @Override
  public QueryResult query(String sql) {
    String translated = SharedSql.translate(sql, names);
    try {
      return SharedConnections.use(database, connection -> answer(connection, translated));
    } catch (SQLException e) {
      throw new WarehouseException(SqlMessages.of(e), e);
    }
  }

  private static QueryResult answer(Connection connection, String sql) throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        throw new WarehouseException("only SELECT is answered here");
      }
      try (ResultSet answer = statement.getResultSet()) {
        return QueryAnswer.of(answer);
      }
    } finally {
      connection.rollback();
      connection.setReadOnly(false);
      connection.setAutoCommit(true);
    }
  }

  @Override
  public String toString() {
    return database + (names.prefix().isEmpty() ? "" : "?prefix=" + names.prefix());
  }
}
