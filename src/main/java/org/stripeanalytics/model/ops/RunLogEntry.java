package org.stripeanalytics.model.ops;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code ops.run_log}: one row per run, pipeline and table that it published; written
 * after the publication, so its absence means that the run did not succeed.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class RunLogEntry {
  public abstract String getPipeline();

  public abstract String getTableName();

  public abstract String getOutcome();

  public abstract @Nullable String getMessage();

  public abstract @Nullable LocalDate getIntervalFrom();

  public abstract @Nullable LocalDate getIntervalTo();

  public abstract LocalDate getAsOf();

  public abstract long getRowsIn();

  public abstract long getRowsLoaded();

  public abstract long getRowsSuperseded();

  public abstract long getRowsRejected();

  public abstract long getBytesLoaded();

  public abstract @Nullable String getChecksum();

  public abstract String getOptions();

  public abstract String getCodeVersion();

  public abstract String getRunner();

  public abstract Instant getStartedAt();

  public abstract Instant getFinishedAt();

  public abstract BigDecimal getSeconds();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_RunLogEntry.Builder();
  }

  /** Builds a {@link RunLogEntry}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setPipeline(String value);

    public abstract Builder setTableName(String value);

    public abstract Builder setOutcome(String value);

    public abstract Builder setMessage(@Nullable String value);

    public abstract Builder setIntervalFrom(@Nullable LocalDate value);

    public abstract Builder setIntervalTo(@Nullable LocalDate value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract Builder setRowsIn(long value);

    public abstract Builder setRowsLoaded(long value);

    public abstract Builder setRowsSuperseded(long value);

    public abstract Builder setRowsRejected(long value);

    public abstract Builder setBytesLoaded(long value);

    public abstract Builder setChecksum(@Nullable String value);

    public abstract Builder setOptions(String value);

    public abstract Builder setCodeVersion(String value);

    public abstract Builder setRunner(String value);

    public abstract Builder setStartedAt(Instant value);

    public abstract Builder setFinishedAt(Instant value);

    public abstract Builder setSeconds(BigDecimal value);

    public abstract RunLogEntry build();
  }
}
