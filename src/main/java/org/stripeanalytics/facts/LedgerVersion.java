package org.stripeanalytics.facts;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of {@code raw.balance_transactions} that the ledger needs. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class LedgerVersion {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract long getAmount();

  public abstract Instant getAvailableOn();

  public abstract String getCurrency();

  public abstract long getFee();

  public abstract long getNet();

  public abstract String getReportingCategory();

  public abstract @Nullable String getSource();

  public abstract String getStatus();

  public abstract String getType();

  public abstract @Nullable Boolean getLivemode();

  @SchemaFieldName("_changed_at")
  public abstract Instant getChangedAt();

  @SchemaFieldName("_snapshot_date")
  public abstract LocalDate getSnapshotDate();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_LedgerVersion.Builder();
  }

  /** Builds a {@link LedgerVersion}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setAmount(long value);

    public abstract Builder setAvailableOn(Instant value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setFee(long value);

    public abstract Builder setNet(long value);

    public abstract Builder setReportingCategory(String value);

    public abstract Builder setSource(@Nullable String value);

    public abstract Builder setStatus(String value);

    public abstract Builder setType(String value);

    public abstract Builder setLivemode(@Nullable Boolean value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract LedgerVersion build();
  }
}
