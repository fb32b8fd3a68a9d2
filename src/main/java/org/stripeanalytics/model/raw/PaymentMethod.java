package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code raw.payment_methods}: one row per Stripe payment method and day on which it
 * changed, as at the end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PaymentMethod {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract @Nullable String getCustomer();

  public abstract String getType();

  public abstract @Nullable String getAllowRedisplay();

  public abstract @Nullable Card getCard();

  public abstract BillingDetails getBillingDetails();

  public abstract boolean getLivemode();

  public abstract List<MetadataEntry> getMetadata();

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
    return new AutoValue_PaymentMethod.Builder().setMetadata(List.of());
  }

  /** Builds a {@link PaymentMethod}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setType(String value);

    public abstract Builder setAllowRedisplay(@Nullable String value);

    public abstract Builder setCard(@Nullable Card value);

    public abstract Builder setBillingDetails(BillingDetails value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract PaymentMethod build();
  }
}
