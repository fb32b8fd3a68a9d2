package org.stripeanalytics.staging;

import java.time.LocalDate;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads the newest version of each object of a raw table as of a day. Bounded, in the global
 * window.
 */
public final class ReadLatest<T> extends PTransform<PBegin, PCollection<T>> {
  /** Before the first of everything. */
  private static final LocalDate EVER = LocalDate.of(2000, 1, 1);

  private final Warehouse warehouse;
  private final WarehouseTable<T> table;
  private final LocalDate asOf;

  private ReadLatest(Warehouse warehouse, WarehouseTable<T> table, LocalDate asOf) {
    this.warehouse = warehouse;
    this.table = table;
    this.asOf = asOf;
  }

  /**
   * @param asOf first day not to look at
   */
  public static <T> ReadLatest<T> of(Warehouse warehouse, WarehouseTable<T> table, LocalDate asOf) {
    return new ReadLatest<>(warehouse, table, asOf);
  }

  @Override
  public PCollection<T> expand(PBegin begin) {
    return begin
        .apply(
            "ReadVersions", warehouse.read(TableRead.of(table).during(DataInterval.of(EVER, asOf))))
        .apply("KeepLatest", LatestVersions.of(table.rowClass(), new ObjectKey<>(table)));
  }

  /** The primary key without the day of the version. */
  private static final class ObjectKey<T> implements SerializableFunction<T, String> {
    private final WarehouseTable<T> table;
    private transient RowCodec<T> codec;

    ObjectKey(WarehouseTable<T> table) {
      this.table = table;
    }

    @Override
    public String apply(T row) {
      if (codec == null) {
        codec = RowCodec.of(table.rowClass());
      }
      StringBuilder key = new StringBuilder();
      for (String column : table.contract().primaryKey()) {
        if (!column.equals("_snapshot_date")) {
          key.append(codec.get(row, codec.schema().indexOf(column))).append(' ');
        }
      }
      return key.toString();
    }
  }
}
