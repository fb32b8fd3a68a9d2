package org.stripeanalytics.warehouse.duckdb;

import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import java.util.List;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.UsesTables;

/** Reads a table of a DuckDB file, or the rows of it that have the days asked for. */
final class ReadRows<T> extends PTransform<PBegin, PCollection<T>> implements UsesTables {
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
  public List<TableRead<?>> tableReads() {
    return List.of(read);
  }

  @Override
  public PCollection<T> expand(PBegin pipeline) {
    return pipeline.apply(
        "ReadRanges",
        Read.from(
            TableSource.of(
                file, TableSql.name(read.table().contract()), select(read), read.rowClass())));
  }

  /** Everything but the range of row ids: ends where a condition on them is due. */
  static String select(TableRead<?> read) {
    Contract contract = read.table().contract();
    return "SELECT "
        + Projection.columns(contract, RowCodec.of(read.rowClass()).schema())
        + " FROM "
        + TableSql.name(contract)
        + " WHERE "
        + read.condition().map(condition -> condition + " AND ").orElse("")
        + read.newestOf().map(column -> newestOf(read, column) + " AND ").orElse("");
  }

  private static String newestOf(TableRead<?> read, String column) {
    Contract contract = read.table().contract();
    return "rowid IN (SELECT arg_max(rowid, "
        + quoted(contract.partitionColumn().orElseThrow())
        + ") FROM "
        + TableSql.name(contract)
        + read.condition().map(condition -> " WHERE " + condition).orElse("")
        + " GROUP BY "
        + quoted(column)
        + ")";
  }
}
