package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
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
 * A row of {@code raw.balance_transactions}: one row per Stripe balance transaction and day on
 * which it changed, as at the end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class BalanceTransaction {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract long getAmount();

  public abstract Instant getAvailableOn();

  public abstract String getBalanceType();

  public abstract String getCurrency();

  public abstract @Nullable String getDescription();

  public abstract @Nullable BigDecimal getExchangeRate();

  public abstract long getFee();

  public abstract List<FeeDetail> getFeeDetails();

  public abstract long getNet();

  public abstract String getReportingCategory();

  /** Stripe's own {@code source}; {@link #getSource()} is where the row came from. */
  @SchemaFieldName("source")
  public abstract @Nullable String getSourceObject();

  public abstract String getStatus();

  public abstract String getType();

  public abstract @Nullable Boolean getLivemode();

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
    return new AutoValue_BalanceTransaction.Builder().setFeeDetails(List.of());
  }

  /** Builds a {@link BalanceTransaction}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setAmount(long value);

    public abstract Builder setAvailableOn(Instant value);

    public abstract Builder setBalanceType(String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setDescription(@Nullable String value);

    public abstract Builder setExchangeRate(@Nullable BigDecimal value);

    public abstract Builder setFee(long value);

    public abstract Builder setFeeDetails(List<FeeDetail> value);

    public abstract Builder setNet(long value);

    public abstract Builder setReportingCategory(String value);

    public abstract Builder setSourceObject(@Nullable String value);

    public abstract Builder setStatus(String value);

    public abstract Builder setType(String value);

    public abstract Builder setLivemode(@Nullable Boolean value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract BalanceTransaction build();
  }
}
