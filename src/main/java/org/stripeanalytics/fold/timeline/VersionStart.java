package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** When a version of a customer in dim_customer begins, which its key is made of. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class VersionStart {
  public abstract Instant getValidFrom();

  public static VersionStart of(Instant validFrom) {
    return builder().setValidFrom(validFrom).build();
  }

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_VersionStart.Builder();
  }

  /** Builds a {@link VersionStart}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setValidFrom(Instant value);

    public abstract VersionStart build();
  }
}
