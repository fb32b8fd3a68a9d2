package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.RETENTION_COHORTS;
import static org.stripeanalytics.marts.CohortMeasure.ACTIVE;
import static org.stripeanalytics.marts.CohortMeasure.ARR;
import static org.stripeanalytics.marts.CohortMeasure.NEW_ARR;
import static org.stripeanalytics.marts.CohortMeasure.SIZE;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.stripeanalytics.facts.MovementType;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.Ratio;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.marts.RetentionCohort;

/**
 * {@code marts.retention_cohorts}: one row per cohort, month since and segment value. A cohort is
 * rolled forward from its own month: its size is what it opened with, and who is active is counted
 * anew in every month. Definitions: {@code schemas/marts/retention_cohorts.json}.
 */
public final class ComputeRetentionCohorts
    extends PTransform<PCollection<MrrMovement>, PCollection<KV<RowGroup, Sums<CohortMeasure>>>> {
  private final DataInterval interval;
  private final ReportingFrame frame;
  private final PCollection<CustomerMonth> customerMonths;

  private ComputeRetentionCohorts(
      DataInterval interval, ReportingFrame frame, PCollection<CustomerMonth> customerMonths) {
    this.interval = interval;
    this.frame = frame;
    this.customerMonths = customerMonths;
  }

  /**
   * Applied to the movements up to the interval's end, the earliest included.
   *
   * @param customerMonths of the interval
   */
  public static ComputeRetentionCohorts of(
      DataInterval interval, ReportingFrame frame, PCollection<CustomerMonth> customerMonths) {
    return new ComputeRetentionCohorts(interval, frame, customerMonths);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<CohortMeasure>>> expand(PCollection<MrrMovement> movements) {
    ZoneId zone = frame.zone();
    return PCollectionList.of(
            movements.apply(
                "MeasureStarts",
                MeasureFacts.of(
                    CohortMeasure.class,
                    zone,
                    ComputeRetentionCohorts::cohorts,
                    ComputeRetentionCohorts::measure)))
        .and(
            customerMonths.apply(
                "MeasureMonths",
                MeasureFacts.of(
                    CohortMeasure.class,
                    zone,
                    ComputeRetentionCohorts::cohorts,
                    (month, count) ->
                        count.accept(
                            month.getMonth(),
                            Sums.of(ACTIVE, month.getArrMinor() > 0 ? 1 : 0)
                                .with(ARR, month.getArrMinor())))))
        .apply("FlattenMeasures", Flatten.pCollections());
  }

  /** How its rows follow from the sums. */
  public Mart<CohortMeasure, RetentionCohort> mart() {
    MonthlyRevenue revenue = MonthlyRevenue.in(frame.currency());
    return new Mart<>(
        RETENTION_COHORTS,
        Grain.MONTH,
        CohortMeasure.class,
        SIZE,
        interval,
        month -> row(month, revenue));
  }

  private static void measure(
      MrrMovement movement, BiConsumer<LocalDate, Sums<CohortMeasure>> count) {
    if (MovementType.named(movement.getMovementType()) == MovementType.NEW) {
      count.accept(movement.getDay(), Sums.of(SIZE, 1).with(NEW_ARR, movement.getArrMinorChange()));
    }
  }

  private static List<RowGroup> cohorts(MrrMovement start) {
    LocalDate cohortMonth = Grain.MONTH.containing(start.getDay());
    return Segments.of(start).stream()
        .map(s -> RowGroup.of(CohortMeasure.class, s, cohortMonth))
        .toList();
  }

  private static List<RowGroup> cohorts(CustomerMonth month) {
    return Segments.of(month).stream()
        .map(s -> RowGroup.of(CohortMeasure.class, s, month.getCohortMonth()))
        .toList();
  }

  private static RetentionCohort row(RolledPeriod<CohortMeasure> month, MonthlyRevenue revenue) {
    Sums<CohortMeasure> start = month.closing();
    Sums<CohortMeasure> now = month.moved();
    LocalDate cohortMonth = month.key().cohortMonth();
    return RetentionCohort.builder()
        .setCohortMonth(cohortMonth)
        .setMonthsSince(ChronoUnit.MONTHS.between(cohortMonth, month.period()))
        .setObservedMonth(month.period())
        .setSegment(month.key().getSegment())
        .setSegmentValue(month.key().getSegmentValue())
        .setCohortSize(start.get(SIZE))
        .setCohortNewMrr(revenue.perMonth(start.get(NEW_ARR)))
        .setCustomersActive(now.get(ACTIVE))
        .setMrr(revenue.perMonth(now.get(ARR)))
        .setLogoRetention(Ratio.of(now.get(ACTIVE), start.get(SIZE)))
        .setRevenueRetention(Ratio.of(now.get(ARR), start.get(NEW_ARR)))
        .build();
  }
}
