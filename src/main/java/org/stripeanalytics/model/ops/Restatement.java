package org.stripeanalytics.model.ops;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** A row of {@code ops.restatements}: a published figure of a past period that a run changed. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Restatement {
  public abstract String getMart();

  public abstract LocalDate getPeriod();

  public abstract String getRowKey();

  public abstract String getColumnName();

  public abstract @Nullable BigDecimal getOldValue();

  public abstract @Nullable BigDecimal getNewValue();

  public abstract String getCausedBy();

  public abstract String getExplanation();

  public abstract String getPreviousRunId();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Restatement.Builder();
  }

  /** Builds a {@link Restatement}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMart(String value);

    public abstract Builder setPeriod(LocalDate value);

    public abstract Builder setRowKey(String value);

    public abstract Builder setColumnName(String value);

    public abstract Builder setOldValue(@Nullable BigDecimal value);

    public abstract Builder setNewValue(@Nullable BigDecimal value);

    public abstract Builder setCausedBy(String value);

    public abstract Builder setExplanation(String value);

    public abstract Builder setPreviousRunId(String value);

    public abstract Restatement build();
  }
}
