package org.stripeanalytics.model.ops;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code ops.quality_results}: one row per run and data test: what the test asked, and how
 * much of the table failed it.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class QualityResult {
  public abstract String getTableName();

  public abstract String getRule();

  public abstract String getTarget();

  public abstract String getSeverity();

  public abstract String getDescription();

  public abstract boolean getPassed();

  public abstract long getFailingCount();

  public abstract long getRowCount();

  public abstract List<String> getSampleKeys();

  public abstract String getFailingSql();

  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_QualityResult.Builder().setSampleKeys(List.of());
  }

  /** Builds a {@link QualityResult}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setTableName(String value);

    public abstract Builder setRule(String value);

    public abstract Builder setTarget(String value);

    public abstract Builder setSeverity(String value);

    public abstract Builder setDescription(String value);

    public abstract Builder setPassed(boolean value);

    public abstract Builder setFailingCount(long value);

    public abstract Builder setRowCount(long value);

    public abstract Builder setSampleKeys(List<String> value);

    public abstract Builder setFailingSql(String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract QualityResult build();
  }
}
