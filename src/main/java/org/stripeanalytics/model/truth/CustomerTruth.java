package org.stripeanalytics.model.truth;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code truth.customers}: one row per synthetic customer: what the simulation decided
 * about it, against which models and metrics can be scored. Written only on request.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CustomerTruth {
  public abstract String getCustomer();

  public abstract Instant getSignedUpAt();

  public abstract String getRegion();

  public abstract String getCountry();

  public abstract String getChannel();

  public abstract String getOutcome();

  public abstract @Nullable String getPlan();

  public abstract boolean getMeansToPay();

  public abstract @Nullable BigDecimal getVoluntaryHazard();

  public abstract @Nullable BigDecimal getDeclineProbability();

  public abstract @Nullable Instant getFirstPaymentAt();

  public abstract @Nullable Instant getChurnedAt();

  public abstract @Nullable String getChurnKind();

  public abstract List<TrueMovement> getMovements();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CustomerTruth.Builder().setMovements(List.of());
  }

  /** Builds a {@link CustomerTruth}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomer(String value);

    public abstract Builder setSignedUpAt(Instant value);

    public abstract Builder setRegion(String value);

    public abstract Builder setCountry(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setOutcome(String value);

    public abstract Builder setPlan(@Nullable String value);

    public abstract Builder setMeansToPay(boolean value);

    public abstract Builder setVoluntaryHazard(@Nullable BigDecimal value);

    public abstract Builder setDeclineProbability(@Nullable BigDecimal value);

    public abstract Builder setFirstPaymentAt(@Nullable Instant value);

    public abstract Builder setChurnedAt(@Nullable Instant value);

    public abstract Builder setChurnKind(@Nullable String value);

    public abstract Builder setMovements(List<TrueMovement> value);

    public abstract CustomerTruth build();
  }
}
