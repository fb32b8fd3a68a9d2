package org.stripeanalytics.marts;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.Segmented;
import org.stripeanalytics.model.facts.DisputeFact;
import org.stripeanalytics.model.facts.RefundFact;
import org.stripeanalytics.model.schema.RowCoder;

/** A refund or a dispute, as far as it is counted against its charge. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class ChargeIncident implements Segmented {
  public abstract boolean getIsDispute();

  /** The charge; the incident's own id where it names none. */
  public abstract String getChargeId();

  /** Day of the charge; null where the charge is missing. */
  public abstract @Nullable LocalDate getChargeDay();

  /** Day on which the refund or dispute was created. */
  public abstract LocalDate getDay();

  /** Minor units of the reporting currency. */
  public abstract long getAmount();

  @Override
  public abstract String getCountry();

  @Override
  public abstract String getRegion();

  @Override
  public abstract String getChannel();

  @Override
  public abstract String getInitialPlan();

  static ChargeIncident of(RefundFact refund) {
    return builder()
        .setIsDispute(false)
        .setChargeId(refund.getChargeId() == null ? refund.getRefundId() : refund.getChargeId())
        .setChargeDay(refund.getChargeDay())
        .setDay(refund.getDay())
        .setAmount(refund.getAmountReportingMinor())
        .setCountry(refund.getCountry())
        .setRegion(refund.getRegion())
        .setChannel(refund.getChannel())
        .setInitialPlan(refund.getInitialPlan())
        .build();
  }

  static ChargeIncident of(DisputeFact dispute) {
    return builder()
        .setIsDispute(true)
        .setChargeId(dispute.getChargeId() == null ? dispute.getDisputeId() : dispute.getChargeId())
        .setChargeDay(dispute.getChargeDay())
        .setDay(dispute.getDay())
        .setAmount(dispute.getAmountReportingMinor())
        .setCountry(dispute.getCountry())
        .setRegion(dispute.getRegion())
        .setChannel(dispute.getChannel())
        .setInitialPlan(dispute.getInitialPlan())
        .build();
  }

  static Builder builder() {
    return new AutoValue_ChargeIncident.Builder();
  }

  /** Beam rebuilds incidents through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setIsDispute(boolean isDispute);

    abstract Builder setChargeId(String id);

    abstract Builder setChargeDay(@Nullable LocalDate day);

    abstract Builder setDay(LocalDate day);

    abstract Builder setAmount(long amount);

    abstract Builder setCountry(String country);

    abstract Builder setRegion(String region);

    abstract Builder setChannel(String channel);

    abstract Builder setInitialPlan(String plan);

    abstract ChargeIncident build();
  }
}
