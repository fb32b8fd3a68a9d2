package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of {@code facts.fct_disputes} that predictions need. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Disputed {
  public abstract @Nullable String getCustomerId();

  public abstract Instant getCreatedAt();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Disputed.Builder();
  }

  /** Builds a {@link Disputed}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerId(@Nullable String value);

    public abstract Builder setCreatedAt(Instant value);

    public abstract Disputed build();
  }
}
