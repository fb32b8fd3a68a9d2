package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.CHURN_MONTHLY;
import static org.stripeanalytics.marts.ChurnMeasure.ARR_12M_BEFORE;
import static org.stripeanalytics.marts.ChurnMeasure.ARR_12M_KEPT;
import static org.stripeanalytics.marts.ChurnMeasure.ARR_12M_KEPT_AT_MOST;
import static org.stripeanalytics.marts.ChurnMeasure.ARR_1M_BEFORE;
import static org.stripeanalytics.marts.ChurnMeasure.ARR_1M_KEPT;
import static org.stripeanalytics.marts.ChurnMeasure.ARR_1M_KEPT_AT_MOST;
import static org.stripeanalytics.marts.ChurnMeasure.CHURN;
import static org.stripeanalytics.marts.ChurnMeasure.CONTRACTION;
import static org.stripeanalytics.marts.ChurnMeasure.CUSTOMERS_LOST;
import static org.stripeanalytics.marts.ChurnMeasure.CUSTOMERS_NEW;
import static org.stripeanalytics.marts.ChurnMeasure.CUSTOMERS_START;
import static org.stripeanalytics.marts.ChurnMeasure.DISPUTE_CHURNED;
import static org.stripeanalytics.marts.ChurnMeasure.EXPANSION;
import static org.stripeanalytics.marts.ChurnMeasure.INVOLUNTARY_CHURNED;
import static org.stripeanalytics.marts.ChurnMeasure.NEW;
import static org.stripeanalytics.marts.ChurnMeasure.OTHER_CHURNED;
import static org.stripeanalytics.marts.ChurnMeasure.PAUSED_CHURNED;
import static org.stripeanalytics.marts.ChurnMeasure.PROFESSIONAL_CHURNED;
import static org.stripeanalytics.marts.ChurnMeasure.REACTIVATION;
import static org.stripeanalytics.marts.ChurnMeasure.STARTER_CHURNED;
import static org.stripeanalytics.marts.ChurnMeasure.UNKNOWN_CHURNED;
import static org.stripeanalytics.marts.ChurnMeasure.VOLUNTARY_CHURNED;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.stripeanalytics.facts.MovementType;
import org.stripeanalytics.fold.terms.ChurnKind;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.Ratio;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.marts.ChurnMonthly;

/**
 * {@code marts.churn_monthly}: one row per month and segment value, from its first movement to the
 * last month that the interval finishes. Counts and revenue of who left come from the movements,
 * what became of those who were there from the customers' months. Definitions: {@code
 * schemas/marts/churn_monthly.json}.
 */
public final class ComputeChurnMonthly
    extends PTransform<PCollection<MrrMovement>, PCollection<KV<RowGroup, Sums<ChurnMeasure>>>> {
  private final DataInterval interval;
  private final ReportingFrame frame;
  private final PCollection<CustomerMonth> customerMonths;

  private ComputeChurnMonthly(
      DataInterval interval, ReportingFrame frame, PCollection<CustomerMonth> customerMonths) {
    this.interval = interval;
    this.frame = frame;
    this.customerMonths = customerMonths;
  }

  /**
   * Applied to the movements up to the interval's end, the earliest included.
   *
   * @param customerMonths of the interval and of the twelve months before it
   */
  public static ComputeChurnMonthly of(
      DataInterval interval, ReportingFrame frame, PCollection<CustomerMonth> customerMonths) {
    return new ComputeChurnMonthly(interval, frame, customerMonths);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<ChurnMeasure>>> expand(PCollection<MrrMovement> movements) {
    ZoneId zone = frame.zone();
    return PCollectionList.of(
            movements.apply(
                "MeasureMovements",
                MeasureFacts.bySegment(ChurnMeasure.class, zone, ComputeChurnMonthly::measure)))
        .and(
            customerMonths.apply(
                "MeasureCustomerMonths",
                MeasureFacts.bySegment(ChurnMeasure.class, zone, ComputeChurnMonthly::measure)))
        .apply("FlattenMeasures", Flatten.pCollections());
  }

  /** How its rows follow from the sums. */
  public Mart<ChurnMeasure, ChurnMonthly> mart() {
    return new Mart<>(
        CHURN_MONTHLY,
        Grain.MONTH,
        ChurnMeasure.class,
        CUSTOMERS_NEW,
        interval,
        ComputeChurnMonthly::row);
  }

  private static void measure(
      MrrMovement movement, BiConsumer<LocalDate, Sums<ChurnMeasure>> count) {
    long change = movement.getArrMinorChange();
    count.accept(
        movement.getDay(),
        switch (MovementType.named(movement.getMovementType())) {
          case NEW -> Sums.of(CUSTOMERS_NEW, 1).with(NEW, change);
          case REACTIVATION -> Sums.of(REACTIVATION, change);
          case EXPANSION -> Sums.of(EXPANSION, change);
          case CONTRACTION -> Sums.of(CONTRACTION, change);
          case CHURN -> Sums.of(CHURN, change).with(kind(movement), 1).with(plan(movement), 1);
        });
  }

  private static ChurnMeasure kind(MrrMovement churn) {
    return switch (ChurnKind.named(churn.getChurnKind())) {
      case VOLUNTARY -> VOLUNTARY_CHURNED;
      case INVOLUNTARY -> INVOLUNTARY_CHURNED;
      case DISPUTE -> DISPUTE_CHURNED;
      case PAUSE -> PAUSED_CHURNED;
      case UNKNOWN -> UNKNOWN_CHURNED;
    };
  }

  private static ChurnMeasure plan(MrrMovement churn) {
    return switch (String.valueOf(churn.getChurnedPlan())) {
      case "starter" -> STARTER_CHURNED;
      case "professional" -> PROFESSIONAL_CHURNED;
      default -> OTHER_CHURNED;
    };
  }

  /** What a customer has in this month counts here, and twelve months later as what it had. */
  private static void measure(
      CustomerMonth month, BiConsumer<LocalDate, Sums<ChurnMeasure>> count) {
    long now = month.getArrMinor();
    Sums<ChurnMeasure> sums = Sums.none();
    if (month.getArrMinor1mBefore() > 0) {
      sums =
          sums.with(CUSTOMERS_START, 1)
              .with(CUSTOMERS_LOST, now > 0 ? 0 : 1)
              .with(ARR_1M_BEFORE, month.getArrMinor1mBefore())
              .with(ARR_1M_KEPT, now)
              .with(ARR_1M_KEPT_AT_MOST, Math.min(now, month.getArrMinor1mBefore()));
    }
    if (month.getArrMinor12mBefore() > 0) {
      sums =
          sums.with(ARR_12M_KEPT, now)
              .with(ARR_12M_KEPT_AT_MOST, Math.min(now, month.getArrMinor12mBefore()));
    }
    count.accept(month.getMonth(), sums);
    if (now > 0) {
      count.accept(month.getMonth().plusMonths(12), Sums.of(ARR_12M_BEFORE, now));
    }
  }

  private static ChurnMonthly row(RolledPeriod<ChurnMeasure> month) {
    Sums<ChurnMeasure> in = month.moved();
    long start = in.get(ARR_1M_BEFORE);
    long taken = -(in.get(CHURN) + in.get(CONTRACTION));
    return ChurnMonthly.builder()
        .setMonth(month.period())
        .setSegment(month.key().getSegment())
        .setSegmentValue(month.key().getSegmentValue())
        .setCustomersStart(in.get(CUSTOMERS_START))
        .setCustomersLost(in.get(CUSTOMERS_LOST))
        .setCustomerChurnRate(Ratio.orNull(in.get(CUSTOMERS_LOST), in.get(CUSTOMERS_START)))
        .setGrossMrrChurnRate(Ratio.orNull(taken, start))
        .setNetMrrChurnRate(Ratio.orNull(taken - in.get(EXPANSION) - in.get(REACTIVATION), start))
        .setNrr1m(Ratio.orNull(in.get(ARR_1M_KEPT), start))
        .setNrr12m(Ratio.orNull(in.get(ARR_12M_KEPT), in.get(ARR_12M_BEFORE)))
        .setGrr1m(Ratio.orNull(in.get(ARR_1M_KEPT_AT_MOST), start))
        .setGrr12m(Ratio.orNull(in.get(ARR_12M_KEPT_AT_MOST), in.get(ARR_12M_BEFORE)))
        .setQuickRatio(Ratio.orNull(in.get(NEW) + in.get(EXPANSION), taken))
        .setVoluntaryChurned(in.get(VOLUNTARY_CHURNED))
        .setInvoluntaryChurned(in.get(INVOLUNTARY_CHURNED))
        .setDisputeChurned(in.get(DISPUTE_CHURNED))
        .setPausedChurned(in.get(PAUSED_CHURNED))
        .setUnknownChurned(in.get(UNKNOWN_CHURNED))
        .setStarterChurned(in.get(STARTER_CHURNED))
        .setProfessionalChurned(in.get(PROFESSIONAL_CHURNED))
        .setOtherChurned(in.get(OTHER_CHURNED))
        .build();
  }
}
