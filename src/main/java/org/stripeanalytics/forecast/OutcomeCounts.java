package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * How many customers were alike at the end of a month, and what came of them. Those whose outcome
 * is not known yet are in neither count of a horizon.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class OutcomeCounts {
  @SchemaFieldName("known_1m")
  public abstract long getKnown1m();

  @SchemaFieldName("voluntary_1m")
  public abstract long getVoluntary1m();

  @SchemaFieldName("involuntary_1m")
  public abstract long getInvoluntary1m();

  @SchemaFieldName("known_3m")
  public abstract long getKnown3m();

  @SchemaFieldName("voluntary_3m")
  public abstract long getVoluntary3m();

  @SchemaFieldName("involuntary_3m")
  public abstract long getInvoluntary3m();

  /** Those who decided within a month to leave: left of their own accord, or announced it. */
  @SchemaFieldName("decided_1m")
  public abstract long getDecided1m();

  /** Those with a bill whose first attempt failed within a month. */
  @SchemaFieldName("failed_1m")
  public abstract long getFailed1m();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_OutcomeCounts.Builder();
  }

  /** Builds a {@link OutcomeCounts}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setKnown1m(long value);

    public abstract Builder setVoluntary1m(long value);

    public abstract Builder setInvoluntary1m(long value);

    public abstract Builder setKnown3m(long value);

    public abstract Builder setVoluntary3m(long value);

    public abstract Builder setInvoluntary3m(long value);

    public abstract Builder setDecided1m(long value);

    public abstract Builder setFailed1m(long value);

    public abstract OutcomeCounts build();
  }
}
