package org.stripeanalytics.model.staging;

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
 * A row of {@code staging.stg_invoice_line_items}: one row per line of the newest version of each
 * invoice.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class StagedInvoiceLineItem {
  public abstract String getLineId();

  public abstract String getInvoiceId();

  public abstract @Nullable String getCustomerId();

  public abstract long getPosition();

  public abstract long getAmount();

  public abstract String getCurrency();

  public abstract @Nullable String getDescription();

  public abstract @Nullable Long getQuantity();

  public abstract Instant getPeriodStart();

  public abstract Instant getPeriodEnd();

  public abstract @Nullable String getSubscriptionId();

  public abstract @Nullable String getSubscriptionItemId();

  public abstract boolean getIsProration();

  public abstract @Nullable String getPriceId();

  public abstract @Nullable String getProductId();

  public abstract long getDiscountAmount();

  @SchemaFieldName("_snapshot_date")
  public abstract LocalDate getSnapshotDate();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_StagedInvoiceLineItem.Builder();
  }

  /** Builds a {@link StagedInvoiceLineItem}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setLineId(String value);

    public abstract Builder setInvoiceId(String value);

    public abstract Builder setCustomerId(@Nullable String value);

    public abstract Builder setPosition(long value);

    public abstract Builder setAmount(long value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setDescription(@Nullable String value);

    public abstract Builder setQuantity(@Nullable Long value);

    public abstract Builder setPeriodStart(Instant value);

    public abstract Builder setPeriodEnd(Instant value);

    public abstract Builder setSubscriptionId(@Nullable String value);

    public abstract Builder setSubscriptionItemId(@Nullable String value);

    public abstract Builder setIsProration(boolean value);

    public abstract Builder setPriceId(@Nullable String value);

    public abstract Builder setProductId(@Nullable String value);

    public abstract Builder setDiscountAmount(long value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract StagedInvoiceLineItem build();
  }
}
