package org.stripeanalytics.marts;

import static org.stripeanalytics.marts.CohortMeasure.ACTIVE;
import static org.stripeanalytics.marts.CohortMeasure.ARR;
import static org.stripeanalytics.marts.CohortMeasure.NEW_ARR;
import static org.stripeanalytics.marts.CohortMeasure.SIZE;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.stripeanalytics.facts.MovementType;
import org.stripeanalytics.intermediate.MetricPolicies;
import org.stripeanalytics.marts.CohortKey.CohortKeyCoder;
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
    extends PTransform<PCollection<MrrMovement>, PCollection<RetentionCohort>> {
  private final DataInterval interval;
  private final MetricPolicies policies;
  private final PCollection<CustomerMonth> customerMonths;

  private ComputeRetentionCohorts(
      DataInterval interval, MetricPolicies policies, PCollection<CustomerMonth> customerMonths) {
    this.interval = interval;
    this.policies = policies;
    this.customerMonths = customerMonths;
  }

  /**
   * Applied to the movements up to the interval's end, the earliest included.
   *
   * @param customerMonths of the interval
   */
  public static ComputeRetentionCohorts of(
      DataInterval interval, MetricPolicies policies, PCollection<CustomerMonth> customerMonths) {
    return new ComputeRetentionCohorts(interval, policies, customerMonths);
  }

  @Override
  public PCollection<RetentionCohort> expand(PCollection<MrrMovement> movements) {
    ZoneId zone = policies.reportingZone();
    MonthlyRevenue revenue = MonthlyRevenue.in(policies.reportingCurrency());
    return PCollectionList.of(
            movements
                .apply("TakeNew", Filter.by(ComputeRetentionCohorts::isNew))
                .apply(
                    "MeasureStarts",
                    MeasureFacts.of(
                        CohortMeasure.class,
                        zone,
                        CohortKeyCoder.of(),
                        ComputeRetentionCohorts::cohorts,
                        (start, count) ->
                            count.accept(
                                start.getDay(),
                                Sums.of(SIZE, 1).with(NEW_ARR, start.getArrMinorChange())))))
        .and(
            customerMonths.apply(
                "MeasureMonths",
                MeasureFacts.of(
                    CohortMeasure.class,
                    zone,
                    CohortKeyCoder.of(),
                    ComputeRetentionCohorts::cohorts,
                    (month, count) ->
                        count.accept(
                            month.getMonth(),
                            Sums.of(ACTIVE, month.getArrMinor() > 0 ? 1 : 0)
                                .with(ARR, month.getArrMinor())))))
        .apply("FlattenMeasures", Flatten.pCollections())
        .apply(
            "RollForward",
            RollForward.by(
                Grain.MONTH,
                SIZE,
                interval,
                zone,
                RetentionCohort.class,
                month -> row(month, revenue)));
  }

  private static boolean isNew(MrrMovement movement) {
    return MovementType.named(movement.getMovementType()) == MovementType.NEW;
  }

  private static List<CohortKey> cohorts(MrrMovement start) {
    LocalDate cohortMonth = Grain.MONTH.containing(start.getDay());
    return Segments.of(start).stream().map(s -> new CohortKey(s, cohortMonth)).toList();
  }

  private static List<CohortKey> cohorts(CustomerMonth month) {
    return Segments.of(month).stream().map(s -> new CohortKey(s, month.getCohortMonth())).toList();
  }

  private static RetentionCohort row(
      RolledPeriod<CohortKey, CohortMeasure> month, MonthlyRevenue revenue) {
    Sums<CohortMeasure> start = month.closing();
    Sums<CohortMeasure> now = month.moved();
    LocalDate cohortMonth = month.key().cohortMonth();
    return RetentionCohort.builder()
        .setCohortMonth(cohortMonth)
        .setMonthsSince(ChronoUnit.MONTHS.between(cohortMonth, month.period()))
        .setObservedMonth(month.period())
        .setSegment(month.key().segment().getSegment())
        .setSegmentValue(month.key().segment().getSegmentValue())
        .setCohortSize(start.get(SIZE))
        .setCohortNewMrr(revenue.perMonth(start.get(NEW_ARR)))
        .setCustomersActive(now.get(ACTIVE))
        .setMrr(revenue.perMonth(now.get(ARR)))
        .setLogoRetention(Ratio.of(now.get(ACTIVE), start.get(SIZE)))
        .setRevenueRetention(Ratio.of(now.get(ARR), start.get(NEW_ARR)))
        .build();
  }
}
