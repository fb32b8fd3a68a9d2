package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.marts.ChurnFeatures;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A paying customer at the end of a month, and what came of it: stayed, voluntary or involuntary,
 * or null while that is not known. What is not known has not happened.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ObservedMonth {
  public abstract ChurnFeatures getFeatures();

  @SchemaFieldName("outcome_1m")
  public abstract @Nullable String getOutcome1m();

  @SchemaFieldName("outcome_3m")
  public abstract @Nullable String getOutcome3m();

  /** Whether it decided within a month to leave: left of its own accord, or announced it. */
  @SchemaFieldName("decided_1m")
  public abstract boolean getDecided1m();

  /** Whether within a month the first attempt at a bill failed. */
  @SchemaFieldName("failed_1m")
  public abstract boolean getFailed1m();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ObservedMonth.Builder().setDecided1m(false).setFailed1m(false);
  }

  /** Builds a {@link ObservedMonth}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setFeatures(ChurnFeatures value);

    public abstract Builder setOutcome1m(@Nullable String value);

    public abstract Builder setOutcome3m(@Nullable String value);

    public abstract Builder setDecided1m(boolean value);

    public abstract Builder setFailed1m(boolean value);

    public abstract ObservedMonth build();
  }
}
