package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The record {@code period} of {@link InvoiceLine}: the period the line bills: for a renewal the
 * coming one.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Period {
  public abstract Instant getStart();

  public abstract Instant getEnd();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Period.Builder();
  }

  /** Builds a {@link Period}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setStart(Instant value);

    public abstract Builder setEnd(Instant value);

    public abstract Period build();
  }
}
