package org.stripeanalytics.intermediate;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.Price;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.model.seeds.Geography;

/**
 * One thing a {@link Catalog} knows: of several of one kind and key the newest counts. Which of the
 * optional fields are set follows from the kind.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
abstract class CatalogEntry implements Serializable {

  /** What the key is a key of. */
  enum Kind {
    PRODUCT,
    PRICE,
    COUPON,
    DISCOUNT,
    RATE,
    REGION
  }

  abstract Kind getKind();

  abstract String getKey();

  abstract Instant getChangedAt();

  /** A product's name, a country's region, a coupon's duration, or the coupon of a discount. */
  abstract @Nullable String getText();

  /** A currency's rate, or what a coupon takes off, in percent. */
  abstract @Nullable BigDecimal getNumber();

  abstract @Nullable Long getAmountOff();

  abstract @Nullable String getCurrency();

  abstract @Nullable Instant getStart();

  abstract @Nullable Instant getEnd();

  abstract @Nullable ItemPrice getPrice();

  /** The products a coupon is limited to; none for a coupon that is not. */
  abstract List<String> getProducts();

  static CatalogEntry of(Product product) {
    return of(Kind.PRODUCT, product.getId(), product.getChangedAt())
        .setText(product.getName())
        .build();
  }

  static CatalogEntry of(Price price) {
    ItemPrice terms =
        ItemPrice.builder()
            .setId(price.getId())
            .setProduct(price.getProduct())
            .setCurrency(price.getCurrency())
            .setType(price.getType())
            .setBillingScheme(price.getBillingScheme())
            .setUnitAmount(price.getUnitAmount())
            .setUnitAmountDecimal(price.getUnitAmountDecimal())
            .setRecurring(price.getRecurring())
            .build();
    return of(Kind.PRICE, price.getId(), price.getChangedAt()).setPrice(terms).build();
  }

  static CatalogEntry of(Coupon coupon) {
    return of(Kind.COUPON, coupon.getId(), coupon.getChangedAt())
        .setText(coupon.getDuration())
        .setNumber(coupon.getPercentOff())
        .setAmountOff(coupon.getAmountOff())
        .setCurrency(coupon.getCurrency())
        .setProducts(
            coupon.getAppliesTo() == null ? List.of() : coupon.getAppliesTo().getProducts())
        .build();
  }

  static CatalogEntry of(Discount discount) {
    return of(Kind.DISCOUNT, discount.getId(), discount.getChangedAt())
        .setText(discount.getCoupon())
        .setStart(discount.getStart())
        .setEnd(discount.getEnd())
        .build();
  }

  static CatalogEntry of(FxRate rate) {
    return of(Kind.RATE, rate.getCurrency(), Instant.EPOCH).setNumber(rate.getRate()).build();
  }

  static CatalogEntry of(Geography country) {
    return of(Kind.REGION, country.getCountry(), Instant.EPOCH)
        .setText(country.getRegion())
        .build();
  }

  private static Builder of(Kind kind, String key, Instant changedAt) {
    return builder().setKind(kind).setKey(key).setChangedAt(changedAt);
  }

  static Builder builder() {
    return new AutoValue_CatalogEntry.Builder().setProducts(List.of());
  }

  /** Beam rebuilds entries through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setKind(Kind kind);

    abstract Builder setKey(String key);

    abstract Builder setChangedAt(Instant changedAt);

    abstract Builder setText(@Nullable String text);

    abstract Builder setNumber(@Nullable BigDecimal number);

    abstract Builder setAmountOff(@Nullable Long amount);

    abstract Builder setCurrency(@Nullable String currency);

    abstract Builder setStart(@Nullable Instant start);

    abstract Builder setEnd(@Nullable Instant end);

    abstract Builder setPrice(@Nullable ItemPrice price);

    abstract Builder setProducts(List<String> products);

    abstract CatalogEntry build();
  }
}
