package org.stripeanalytics.intermediate;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.raw.Price;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.staging.LatestVersions;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/** The small raw tables, whole: the newest version of each object as of a day. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class CatalogTables {
  public abstract List<Product> getProducts();

  public abstract List<Price> getPrices();

  public abstract List<Coupon> getCoupons();

  public abstract List<Discount> getDiscounts();

  /**
   * Reads them, at once and in this process.
   *
   * @param asOf first day not to look at
   */
  static CatalogTables read(Warehouse warehouse, LocalDate asOf) {
    DataInterval known = ReadChanges.before(asOf);
    try (Warehouse.Hold unused = warehouse.holdOpen()) {
      return builder()
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

  public static Builder builder() {
    return new AutoValue_CatalogTables.Builder()
        .setProducts(List.of())
        .setPrices(List.of())
        .setCoupons(List.of())
        .setDiscounts(List.of());
  }

  /** Builds {@link CatalogTables}; each table is empty unless set. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setProducts(List<Product> products);

    public abstract Builder setPrices(List<Price> prices);

    public abstract Builder setCoupons(List<Coupon> coupons);

    public abstract Builder setDiscounts(List<Discount> discounts);

    public abstract CatalogTables build();
  }
}
