package org.stripeanalytics.fold.terms;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.raw.Price;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The small raw tables, whole: the newest version of each object as of a day. Of what advertising
 * platforms have it is every version.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class CatalogTables {
  public abstract List<Product> getProducts();

  public abstract List<Price> getPrices();

  public abstract List<Coupon> getCoupons();

  public abstract List<Discount> getDiscounts();

  public abstract List<AdObject> getAdObjects();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CatalogTables.Builder()
        .setProducts(List.of())
        .setPrices(List.of())
        .setCoupons(List.of())
        .setDiscounts(List.of())
        .setAdObjects(List.of());
  }

  /** Builds {@link CatalogTables}; each table is empty unless set. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setProducts(List<Product> products);

    public abstract Builder setPrices(List<Price> prices);

    public abstract Builder setCoupons(List<Coupon> coupons);

    public abstract Builder setDiscounts(List<Discount> discounts);

    public abstract Builder setAdObjects(List<AdObject> adObjects);

    public abstract CatalogTables build();
  }
}
