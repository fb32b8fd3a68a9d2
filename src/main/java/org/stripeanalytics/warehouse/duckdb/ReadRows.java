package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.ReadsTable;
import org.stripeanalytics.warehouse.TableRead;

/**
 * Reads a table in ranges of row ids, each a run of DuckDB's row groups, so that a range reads
 * nothing of the others and rows outside an interval are skipped by the groups' own minima and
 * maxima. The ranges are made when the pipeline runs.
 */
final class ReadRows<T> extends PTransform<PBegin, PCollection<T>> implements ReadsTable {
  private final DuckDbFile file;
  private final TableRead<T> read;

  private ReadRows(DuckDbFile file, TableRead<T> read) {
    this.file = file;
    this.read = read;
  }

  static <T> ReadRows<T> of(DuckDbFile file, TableRead<T> read) {
    return new ReadRows<>(file, read);
  }

  @Override
  public TableRead<?> tableRead() {
    return read;
  }

  @Override
  public PCollection<T> expand(PBegin pipeline) {
    Contract contract = read.table().contract();
    return pipeline
        .apply("NameTable", Create.of(TableSql.name(contract)))
        .apply("SplitRowIds", ParDo.of(new SplitFn(file)))
        .apply("SpreadRanges", Reshuffle.viaRandomKey())
        .apply("ReadRange", ParDo.of(new ReadFn<>(file, select(contract), read.rowClass())))
        .setCoder(RowCoder.of(read.rowClass()));
  }

  /** Everything but the range of row ids. */
  private String select(Contract contract) {
    return "SELECT "
        + Projection.columns(contract, RowCodec.of(read.rowClass()).schema())
        + " FROM "
        + TableSql.name(contract)
        + " WHERE "
        + read.interval().map(interval -> during(contract, interval) + " AND ").orElse("");
  }

  private static String during(Contract contract, DataInterval interval) {
    String column =
        contract
            .partitionColumn()
            .map(TableSql::quoted)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        contract.name() + " has no partition column to read " + interval + " by"));
    return column
        + " >= DATE '"
        + interval.from()
        + "' AND "
        + column
        + " < DATE '"
        + interval.to()
        + "'";
  }

  private static final class SplitFn extends DoFn<String, OffsetRange> {
    private final DuckDbFile file;

    private SplitFn(DuckDbFile file) {
      this.file = file;
    }

    @ProcessElement
    public void processElement(@Element String table, OutputReceiver<OffsetRange> output)
        throws SQLException {
      try (Connection connection = file.connect();
          Statement statement = connection.createStatement();
          ResultSet last =
              statement.executeQuery("SELECT coalesce(max(rowid), -1) + 1 FROM " + table)) {
        last.next();
        long rows = last.getLong(1);
        for (long from = 0; from < rows; from += RowRangeReader.ROWS_PER_GROUP) {
          output.output(
              new OffsetRange(from, Math.min(from + RowRangeReader.ROWS_PER_GROUP, rows)));
        }
      }
    }
  }

  private static final class ReadFn<T> extends DoFn<OffsetRange, T> {
    private final DuckDbFile file;
    private final String select;
    private final Class<T> rowClass;

    private transient RowRangeReader<T> reader;

    private ReadFn(DuckDbFile file, String select, Class<T> rowClass) {
      this.file = file;
      this.select = select;
      this.rowClass = rowClass;
    }

    @Setup
    public void setup() {
      reader = new RowRangeReader<>(file, select, RowCodec.of(rowClass));
    }

    @ProcessElement
    public void processElement(@Element OffsetRange range, OutputReceiver<T> output)
        throws SQLException, IOException {
      reader.read(range, output::output);
    }
  }
}
