package org.stripeanalytics.warehouse.duckdb;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.MappedRead;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.UsesTables;

/**
 * Reads several tables of a DuckDB file in one step: lists the ranges of row ids of all of them,
 * spreads the ranges, and reads each. Nothing is planned before the pipeline runs, or by a source
 * that an engine may give up waiting for.
 */
final class ReadTables<E> extends PTransform<PBegin, PCollection<E>> implements UsesTables {
  private final DuckDbFile file;
  private final ImmutableList<MappedRead<?, E>> reads;
  private final Coder<E> coder;

  ReadTables(DuckDbFile file, ImmutableList<MappedRead<?, E>> reads, Coder<E> coder) {
    this.file = file;
    this.reads = reads;
    this.coder = coder;
  }

  @Override
  public List<TableRead<?>> tableReads() {
    return reads.stream().<TableRead<?>>map(MappedRead::read).toList();
  }

  @Override
  public PCollection<E> expand(PBegin begin) {
    return begin
        .apply("Begin", Impulse.create())
        .apply("ListRanges", ParDo.of(new ListRangesFn(file, ImmutableList.copyOf(tableNames()))))
        .setCoder(KvCoder.of(VarIntCoder.of(), KvCoder.of(VarIntCoder.of(), VarLongCoder.of())))
        .apply(
            "KeepTimestamps",
            Window.<KV<Integer, KV<Integer, Long>>>into(new GlobalWindows())
                .withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply("SpreadRanges", GroupByKey.create())
        .apply("ReadRanges", ParDo.of(new ReadRangesFn<>(file, reads)))
        .setCoder(coder);
  }

  private List<String> tableNames() {
    return reads.stream().map(read -> TableSql.name(read.read().table().contract())).toList();
  }

  /** Emits, under a key of its own, the number of each read and the first row id of each range. */
  private static final class ListRangesFn extends DoFn<byte[], KV<Integer, KV<Integer, Long>>> {
    private final DuckDbFile file;
    private final ImmutableList<String> tables;

    ListRangesFn(DuckDbFile file, ImmutableList<String> tables) {
      this.file = file;
      this.tables = tables;
    }

    @ProcessElement
    public void list(OutputReceiver<KV<Integer, KV<Integer, Long>>> output) throws SQLException {
      int key = 0;
      try (Connection connection = file.connect();
          Statement statement = connection.createStatement()) {
        for (int read = 0; read < tables.size(); read++) {
          long end = endOf(tables.get(read), statement);
          for (long from = 0; from < end; from += RowRangeReader.ROWS_PER_GROUP) {
            output.output(KV.of(key++, KV.of(read, from)));
          }
        }
      }
    }

    private static long endOf(String table, Statement statement) throws SQLException {
      try (ResultSet last =
          statement.executeQuery("SELECT coalesce(max(rowid), -1) + 1 FROM " + table)) {
        last.next();
        return last.getLong(1);
      }
    }
  }

  private static final class ReadRangesFn<E>
      extends DoFn<KV<Integer, Iterable<KV<Integer, Long>>>, E> {
    private final DuckDbFile file;
    private final ImmutableList<MappedRead<?, E>> reads;

    ReadRangesFn(DuckDbFile file, ImmutableList<MappedRead<?, E>> reads) {
      this.file = file;
      this.reads = reads;
    }

    @ProcessElement
    public void read(
        @Element KV<Integer, Iterable<KV<Integer, Long>>> ranges, OutputReceiver<E> output)
        throws IOException, SQLException {
      for (KV<Integer, Long> range : ranges.getValue()) {
        read(reads.get(range.getKey()), range.getValue(), output);
      }
    }

    private <T> void read(MappedRead<T, E> mapped, long from, OutputReceiver<E> output)
        throws IOException, SQLException {
      TableRead<T> read = mapped.read();
      OffsetRange range = new OffsetRange(from, from + RowRangeReader.ROWS_PER_GROUP);
      try (RowRangeReader<T> rows =
          RowRangeReader.open(file, ReadRows.select(read), RowCodec.of(read.rowClass()), range)) {
        while (rows.hasNext()) {
          mapped.toElement().apply(rows.next()).ifPresent(output::output);
        }
      }
    }
  }
}
