package org.stripeanalytics.model.facts;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code facts.fct_mrr_movements}: one row per customer, day and type of movement of its
 * MRR at the end of the day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class MrrMovement {
  public abstract long getCustomerKey();

  public abstract String getCustomerId();

  public abstract LocalDate getDay();

  public abstract String getMovementType();

  public abstract long getArrMinorBefore();

  public abstract long getArrMinorAfter();

  public abstract long getArrMinorChange();

  public abstract @Nullable String getChurnKind();

  public abstract @Nullable String getChurnedPlan();

  public abstract String getCountry();

  public abstract String getRegion();

  public abstract String getChannel();

  public abstract String getInitialPlan();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_MrrMovement.Builder();
  }

  /** Builds a {@link MrrMovement}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerKey(long value);

    public abstract Builder setCustomerId(String value);

    public abstract Builder setDay(LocalDate value);

    public abstract Builder setMovementType(String value);

    public abstract Builder setArrMinorBefore(long value);

    public abstract Builder setArrMinorAfter(long value);

    public abstract Builder setArrMinorChange(long value);

    public abstract Builder setChurnKind(@Nullable String value);

    public abstract Builder setChurnedPlan(@Nullable String value);

    public abstract Builder setCountry(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setInitialPlan(String value);

    public abstract MrrMovement build();
  }
}
