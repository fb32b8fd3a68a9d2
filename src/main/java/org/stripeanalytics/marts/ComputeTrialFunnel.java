package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.TRIAL_FUNNEL;
import static org.stripeanalytics.marts.FunnelMeasure.PAID;
import static org.stripeanalytics.marts.FunnelMeasure.PAID_WITHOUT_TRIAL;
import static org.stripeanalytics.marts.FunnelMeasure.RETAINED_30D;
import static org.stripeanalytics.marts.FunnelMeasure.RETAINED_365D;
import static org.stripeanalytics.marts.FunnelMeasure.RETAINED_90D;
import static org.stripeanalytics.marts.FunnelMeasure.SIGNUPS;
import static org.stripeanalytics.marts.FunnelMeasure.TRIALS_CONVERTED;
import static org.stripeanalytics.marts.FunnelMeasure.TRIALS_STARTED;
import static org.stripeanalytics.marts.FunnelMeasure.UNDECIDED_30D;
import static org.stripeanalytics.marts.FunnelMeasure.UNDECIDED_365D;
import static org.stripeanalytics.marts.FunnelMeasure.UNDECIDED_90D;
import static org.stripeanalytics.marts.FunnelMeasure.UNSETTLED_TRIALS;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.Ratio;
import org.stripeanalytics.model.intermediate.CustomerMilestones;
import org.stripeanalytics.model.marts.TrialFunnel;

/**
 * {@code marts.trial_funnel}: one row per month of signup and segment value, from its first signup
 * to the last month that has ended. Every stage belongs to the signup's month, whenever it
 * happened, so the input is all customers and the table is restated whole. Definitions: {@code
 * schemas/marts/trial_funnel.json}.
 */
public final class ComputeTrialFunnel
    extends PTransform<
        PCollection<CustomerMilestones>, PCollection<KV<RowGroup, Sums<FunnelMeasure>>>> {
  /** How long a conversion may take to be paid and recorded. */
  private static final int SETTLING_DAYS = 30;

  private final LocalDate asOf;
  private final ReportingFrame frame;

  private ComputeTrialFunnel(LocalDate asOf, ReportingFrame frame) {
    this.asOf = asOf;
    this.frame = frame;
  }

  /**
   * @param asOf the day whose start is the present
   */
  public static ComputeTrialFunnel of(LocalDate asOf, ReportingFrame frame) {
    return new ComputeTrialFunnel(asOf, frame);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<FunnelMeasure>>> expand(
      PCollection<CustomerMilestones> customers) {
    ZoneId zone = frame.zone();
    LocalDate present = asOf;
    return customers.apply(
        "MeasureCustomers",
        MeasureFacts.bySegment(
            FunnelMeasure.class,
            zone,
            (customer, count) ->
                count.accept(customer.getSignedUpOn(), measure(customer, present, zone))));
  }

  /**
   * Segment values already seen in earlier months; nothing else about those months affects the open
   * one.
   *
   * @param monthBefore rows of the month before
   */
  public static PCollection<KV<RowGroup, Sums<FunnelMeasure>>> opened(
      PCollection<TrialFunnel> monthBefore, ZoneId zone) {
    return monthBefore.apply(
        "MeasureOpenedFunnel",
        MeasureFacts.opened(
            SIGNUPS,
            zone,
            row -> SegmentKey.of(row.getSegment(), row.getSegmentValue()),
            TrialFunnel::getSignupMonth));
  }

  /** How its rows follow from the sums. */
  public Mart<FunnelMeasure, TrialFunnel> mart() {
    return mart(asOf);
  }

  /** Likewise, for whoever sums by other means. */
  public static Mart<FunnelMeasure, TrialFunnel> mart(LocalDate present) {
    return new Mart<>(
        TRIAL_FUNNEL,
        Grain.MONTH,
        FunnelMeasure.class,
        SIGNUPS,
        DataInterval.of(LocalDate.EPOCH, present),
        month -> row(month, present));
  }

  static Sums<FunnelMeasure> measure(CustomerMilestones customer, LocalDate asOf, ZoneId zone) {
    boolean tried = customer.getTrialStartedAt() != null;
    boolean paid = customer.getFirstPaidAt() != null;
    boolean unsettled =
        customer.getTrialEndedAt() != null
            && settledAt(customer.getTrialEndedAt(), zone).isAfter(Days.start(asOf, zone));
    Sums<FunnelMeasure> sums =
        Sums.of(SIGNUPS, 1)
            .with(TRIALS_STARTED, tried ? 1 : 0)
            .with(UNSETTLED_TRIALS, unsettled ? 1 : 0);
    if (!paid) {
      return sums;
    }
    return retained(
        retained(
            retained(
                sums.with(PAID, 1).with(tried ? TRIALS_CONVERTED : PAID_WITHOUT_TRIAL, 1),
                customer.getIsRetained30d(),
                RETAINED_30D,
                UNDECIDED_30D),
            customer.getIsRetained90d(),
            RETAINED_90D,
            UNDECIDED_90D),
        customer.getIsRetained365d(),
        RETAINED_365D,
        UNDECIDED_365D);
  }

  /**
   * To the second: on the thirtieth day itself a trial that ended in the afternoon may still pay.
   */
  private static Instant settledAt(Instant trialEndedAt, ZoneId zone) {
    return trialEndedAt.atZone(zone).plusDays(SETTLING_DAYS).toInstant();
  }

  private static Sums<FunnelMeasure> retained(
      Sums<FunnelMeasure> sums,
      @Nullable Boolean isRetained,
      FunnelMeasure retained,
      FunnelMeasure undecided) {
    if (isRetained == null) {
      return sums.with(undecided, 1);
    }
    return sums.with(retained, isRetained ? 1 : 0);
  }

  private static TrialFunnel row(RolledPeriod<FunnelMeasure> month, LocalDate asOf) {
    Sums<FunnelMeasure> in = month.moved();
    LocalDate end = Grain.MONTH.next(month.period());
    Long retained30d = known(in, RETAINED_30D, UNDECIDED_30D, end.plusDays(30), asOf);
    Long retained90d = known(in, RETAINED_90D, UNDECIDED_90D, end.plusDays(90), asOf);
    Long retained365d = known(in, RETAINED_365D, UNDECIDED_365D, end.plusDays(365), asOf);
    return TrialFunnel.builder()
        .setSignupMonth(month.period())
        .setSegment(month.key().getSegment())
        .setSegmentValue(month.key().getSegmentValue())
        .setSignups(in.get(SIGNUPS))
        .setTrialsStarted(in.get(TRIALS_STARTED))
        .setTrialsConverted(in.get(TRIALS_CONVERTED))
        .setPaidWithoutTrial(in.get(PAID_WITHOUT_TRIAL))
        .setPaid(in.get(PAID))
        .setRetained30d(retained30d)
        .setRetained90d(retained90d)
        .setRetained365d(retained365d)
        .setRetained30dRate(overPaid(retained30d, in))
        .setRetained90dRate(overPaid(retained90d, in))
        .setRetained365dRate(overPaid(retained365d, in))
        .setTrialConversionRate(Ratio.orNull(in.get(TRIALS_CONVERTED), in.get(TRIALS_STARTED)))
        .setSignupToPaidRate(Ratio.orNull(in.get(PAID), in.get(SIGNUPS)))
        .setIsMature(in.get(UNSETTLED_TRIALS) == 0 && !asOf.isBefore(end.plusDays(SETTLING_DAYS)))
        .build();
  }

  /** Null until all of the month's payers are old enough to be known. */
  private static @Nullable Long known(
      Sums<FunnelMeasure> in,
      FunnelMeasure retained,
      FunnelMeasure undecided,
      LocalDate knownFrom,
      LocalDate asOf) {
    return asOf.isBefore(knownFrom) || in.get(undecided) > 0 ? null : in.get(retained);
  }

  private static @Nullable BigDecimal overPaid(@Nullable Long retained, Sums<FunnelMeasure> in) {
    return retained == null ? null : Ratio.orNull(retained, in.get(PAID));
  }
}
