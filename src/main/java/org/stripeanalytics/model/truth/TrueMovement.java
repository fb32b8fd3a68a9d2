package org.stripeanalytics.model.truth;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The record {@code movements} of {@link CustomerTruth}: every change of recurring revenue from the
 * end of one day to the end of the next, in order.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class TrueMovement {
  public abstract LocalDate getDay();

  public abstract String getMovementType();

  public abstract long getArrMinor();

  public abstract @Nullable String getChurnKind();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_TrueMovement.Builder();
  }

  /** Builds a {@link TrueMovement}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setDay(LocalDate value);

    public abstract Builder setMovementType(String value);

    public abstract Builder setArrMinor(long value);

    public abstract Builder setChurnKind(@Nullable String value);

    public abstract TrueMovement build();
  }
}
