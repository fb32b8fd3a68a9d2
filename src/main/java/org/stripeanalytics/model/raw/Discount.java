package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code raw.discounts}: one row per Stripe discount and day on which it changed, as at
 * the end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Discount {
  public abstract String getId();

  public abstract @Nullable String getCoupon();

  public abstract @Nullable String getCustomer();

  public abstract @Nullable String getSubscription();

  public abstract @Nullable String getSubscriptionItem();

  public abstract @Nullable String getInvoice();

  public abstract @Nullable String getPromotionCode();

  public abstract Instant getStart();

  public abstract @Nullable Instant getEnd();

  public abstract @Nullable Boolean getDeleted();

  @SchemaFieldName("_snapshot_date")
  public abstract LocalDate getSnapshotDate();

  @SchemaFieldName("_changed_at")
  public abstract Instant getChangedAt();

  @SchemaFieldName("_source")
  public abstract String getSource();

  @SchemaFieldName("_payload")
  public abstract @Nullable String getPayload();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Discount.Builder();
  }

  /** Builds a {@link Discount}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCoupon(@Nullable String value);

    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setSubscription(@Nullable String value);

    public abstract Builder setSubscriptionItem(@Nullable String value);

    public abstract Builder setInvoice(@Nullable String value);

    public abstract Builder setPromotionCode(@Nullable String value);

    public abstract Builder setStart(Instant value);

    public abstract Builder setEnd(@Nullable Instant value);

    public abstract Builder setDeleted(@Nullable Boolean value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract Discount build();
  }
}
