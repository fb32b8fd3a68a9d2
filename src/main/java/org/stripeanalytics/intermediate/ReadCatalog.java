package org.stripeanalytics.intermediate;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.terms.CatalogTables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.raw.Price;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.staging.LatestVersions;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.UsesTables;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads the small raw tables whole, in one step. Input: one element, when they may be read. Output:
 * one element.
 */
public final class ReadCatalog extends PTransform<PCollection<Long>, PCollection<CatalogTables>>
    implements UsesTables {
  private final Warehouse warehouse;
  private final LocalDate asOf;

  private ReadCatalog(Warehouse warehouse, LocalDate asOf) {
    this.warehouse = warehouse;
    this.asOf = asOf;
  }

  /**
   * @param asOf first day not to look at
   */
  public static ReadCatalog of(Warehouse warehouse, LocalDate asOf) {
    return new ReadCatalog(warehouse, asOf);
  }

  @Override
  public List<TableRead<?>> tableReads() {
    ImmutableList.Builder<TableRead<?>> reads = ImmutableList.builder();
    ImmutableList.of(Tables.PRODUCTS, Tables.PRICES, Tables.COUPONS, Tables.DISCOUNTS)
        .forEach(table -> reads.add(TableRead.of(table).during(ReadChanges.before(asOf))));
    ReadAdObjects.tables().forEach(table -> reads.add(TableRead.of(table)));
    return reads.build();
  }

  @Override
  public PCollection<CatalogTables> expand(PCollection<Long> permission) {
    return permission.apply("ListTables", ParDo.of(new ReadFn(warehouse, asOf)));
  }

  private static final class ReadFn extends DoFn<Long, CatalogTables> {
    private final Warehouse warehouse;
    private final LocalDate asOf;

    ReadFn(Warehouse warehouse, LocalDate asOf) {
      this.warehouse = warehouse;
      this.asOf = asOf;
    }

    @ProcessElement
    public void read(OutputReceiver<CatalogTables> output) {
      try (Warehouse.Hold unused = warehouse.holdOpen()) {
        output.output(
            ReadCatalog.read(warehouse, asOf).toBuilder()
                .setAdObjects(ReadAdObjects.from(warehouse))
                .build());
      }
    }
  }

  /**
   * Reads the tables that a fold needs, at once and in this process.
   *
   * @param asOf first day not to look at
   */
  public static CatalogTables read(Warehouse warehouse, LocalDate asOf) {
    DataInterval known = ReadChanges.before(asOf);
    try (Warehouse.Hold unused = warehouse.holdOpen()) {
      return CatalogTables.builder()
          .setProducts(newest(warehouse, Tables.PRODUCTS, known, Product::getId))
          .setPrices(newest(warehouse, Tables.PRICES, known, Price::getId))
          .setCoupons(newest(warehouse, Tables.COUPONS, known, Coupon::getId))
          .setDiscounts(newest(warehouse, Tables.DISCOUNTS, known, Discount::getId))
          .build();
    }
  }

  private static <T> List<T> newest(
      Warehouse warehouse,
      WarehouseTable<T> table,
      DataInterval known,
      SerializableFunction<T, String> id) {
    return LatestVersions.of(table.rowClass(), id)
        .among(warehouse.list(TableRead.of(table).during(known)));
  }
}
