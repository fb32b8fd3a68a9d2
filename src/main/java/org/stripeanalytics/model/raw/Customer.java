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
 * A row of {@code raw.customers}: one row per Stripe customer and day on which it changed, as at
 * the end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Customer {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract @Nullable String getName();

  public abstract @Nullable String getEmail();

  public abstract @Nullable String getPhone();

  public abstract @Nullable String getDescription();

  public abstract @Nullable Address getAddress();

  public abstract @Nullable String getCurrency();

  public abstract long getBalance();

  public abstract @Nullable Boolean getDelinquent();

  public abstract @Nullable String getDefaultPaymentMethod();

  public abstract @Nullable String getInvoicePrefix();

  public abstract @Nullable Long getNextInvoiceSequence();

  public abstract @Nullable String getTaxExempt();

  public abstract List<String> getPreferredLocales();

  public abstract @Nullable String getDiscount();

  public abstract @Nullable Boolean getDeleted();

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
    return new AutoValue_Customer.Builder().setPreferredLocales(List.of()).setMetadata(List.of());
  }

  /** Builds a {@link Customer}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setName(@Nullable String value);

    public abstract Builder setEmail(@Nullable String value);

    public abstract Builder setPhone(@Nullable String value);

    public abstract Builder setDescription(@Nullable String value);

    public abstract Builder setAddress(@Nullable Address value);

    public abstract Builder setCurrency(@Nullable String value);

    public abstract Builder setBalance(long value);

    public abstract Builder setDelinquent(@Nullable Boolean value);

    public abstract Builder setDefaultPaymentMethod(@Nullable String value);

    public abstract Builder setInvoicePrefix(@Nullable String value);

    public abstract Builder setNextInvoiceSequence(@Nullable Long value);

    public abstract Builder setTaxExempt(@Nullable String value);

    public abstract Builder setPreferredLocales(List<String> value);

    public abstract Builder setDiscount(@Nullable String value);

    public abstract Builder setDeleted(@Nullable Boolean value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract Customer build();
  }
}
