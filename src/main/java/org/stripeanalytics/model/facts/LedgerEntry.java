package org.stripeanalytics.model.facts;

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
 * A row of {@code facts.fct_balance_transactions}: one row per entry of the ledger, in the
 * settlement currency.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class LedgerEntry {
  public abstract String getBalanceTransactionId();

  public abstract long getCustomerKey();

  public abstract @Nullable String getCustomerId();

  public abstract @Nullable String getSourceId();

  public abstract LocalDate getDay();

  public abstract Instant getCreatedAt();

  public abstract Instant getAvailableAt();

  public abstract String getType();

  public abstract String getReportingCategory();

  public abstract String getRevenuePart();

  public abstract String getStatus();

  public abstract String getCurrency();

  public abstract long getAmountMinor();

  public abstract long getFeeMinor();

  public abstract long getNetMinor();

  public abstract long getAmountReportingMinor();

  public abstract long getFeeReportingMinor();

  public abstract long getNetReportingMinor();

  public abstract String getCountry();

  public abstract String getRegion();

  public abstract String getChannel();

  public abstract String getInitialPlan();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_LedgerEntry.Builder();
  }

  /** Builds a {@link LedgerEntry}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setBalanceTransactionId(String value);

    public abstract Builder setCustomerKey(long value);

    public abstract Builder setCustomerId(@Nullable String value);

    public abstract Builder setSourceId(@Nullable String value);

    public abstract Builder setDay(LocalDate value);

    public abstract Builder setCreatedAt(Instant value);

    public abstract Builder setAvailableAt(Instant value);

    public abstract Builder setType(String value);

    public abstract Builder setReportingCategory(String value);

    public abstract Builder setRevenuePart(String value);

    public abstract Builder setStatus(String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setAmountMinor(long value);

    public abstract Builder setFeeMinor(long value);

    public abstract Builder setNetMinor(long value);

    public abstract Builder setAmountReportingMinor(long value);

    public abstract Builder setFeeReportingMinor(long value);

    public abstract Builder setNetReportingMinor(long value);

    public abstract Builder setCountry(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setInitialPlan(String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract LedgerEntry build();
  }
}
