package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.UNIT_ECONOMICS_MONTHLY;
import static org.stripeanalytics.marts.EconomicsMeasure.ARR;
import static org.stripeanalytics.marts.EconomicsMeasure.CUSTOMERS;
import static org.stripeanalytics.marts.EconomicsMeasure.CUSTOMERS_LOST;
import static org.stripeanalytics.marts.EconomicsMeasure.CUSTOMERS_NEW;
import static org.stripeanalytics.marts.EconomicsMeasure.CUSTOMERS_START;
import static org.stripeanalytics.marts.EconomicsMeasure.EVENTS;
import static org.stripeanalytics.marts.EconomicsMeasure.NEW_ARR;
import static org.stripeanalytics.marts.EconomicsMeasure.SPEND;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.stripeanalytics.facts.MovementType;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.model.marts.UnitEconomicsMonthly;

/**
 * {@code marts.unit_economics_monthly}: one row per month and value of the segments for which spend
 * is known, from its first spend or movement to the last month that the interval finishes.
 * Definitions: {@code schemas/marts/unit_economics_monthly.json}.
 */
public final class ComputeUnitEconomicsMonthly
    extends PTransform<
        PCollection<MrrMovement>, PCollection<KV<RowGroup, Sums<EconomicsMeasure>>>> {
  private static final Set<String> SEGMENTS = Set.of(SegmentKey.ALL, "region", "channel");

  private final DataInterval interval;
  private final MetricPolicies policies;
  private final PCollection<CustomerMonth> customerMonths;
  private final PCollection<SpendFact> spend;

  private ComputeUnitEconomicsMonthly(
      DataInterval interval,
      MetricPolicies policies,
      PCollection<CustomerMonth> customerMonths,
      PCollection<SpendFact> spend) {
    this.interval = interval;
    this.policies = policies;
    this.customerMonths = customerMonths;
    this.spend = spend;
  }

  /**
   * Applied to the movements up to the interval's end, the earliest included.
   *
   * @param customerMonths of the interval and of the six months before it
   * @param spend up to the interval's end, the earliest included
   */
  public static ComputeUnitEconomicsMonthly of(
      DataInterval interval,
      MetricPolicies policies,
      PCollection<CustomerMonth> customerMonths,
      PCollection<SpendFact> spend) {
    return new ComputeUnitEconomicsMonthly(interval, policies, customerMonths, spend);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<EconomicsMeasure>>> expand(
      PCollection<MrrMovement> movements) {
    ZoneId zone = policies.frame().zone();
    return PCollectionList.of(
            movements.apply(
                "MeasureMovements",
                MeasureFacts.bySegment(
                    EconomicsMeasure.class,
                    zone,
                    movement -> withSpend(Segments.of(movement)),
                    ComputeUnitEconomicsMonthly::measure)))
        .and(
            customerMonths.apply(
                "MeasureCustomerMonths",
                MeasureFacts.bySegment(
                    EconomicsMeasure.class,
                    zone,
                    month -> withSpend(Segments.of(month)),
                    ComputeUnitEconomicsMonthly::measure)))
        .and(
            spend.apply(
                "MeasureSpend",
                MeasureFacts.bySegment(
                    EconomicsMeasure.class,
                    zone,
                    ComputeUnitEconomicsMonthly::segments,
                    (spent, count) ->
                        count.accept(
                            spent.getDay(),
                            Sums.of(EVENTS, 1).with(SPEND, spent.getAmountReportingMinor())))))
        .apply("FlattenMeasures", Flatten.pCollections());
  }

  /** How its rows follow from the sums. */
  public Mart<EconomicsMeasure, UnitEconomicsMonthly> mart() {
    UnitEconomics economics = UnitEconomics.in(policies.frame().currency(), policies.grossMargin());
    return new Mart<>(
        UNIT_ECONOMICS_MONTHLY,
        Grain.MONTH,
        EconomicsMeasure.class,
        EVENTS,
        interval,
        economics::row);
  }

  private static List<SegmentKey> withSpend(ImmutableList<SegmentKey> segments) {
    return segments.stream().filter(s -> SEGMENTS.contains(s.getSegment())).toList();
  }

  private static List<SegmentKey> segments(SpendFact spent) {
    return ImmutableList.of(
        SegmentKey.of(SegmentKey.ALL, SegmentKey.ALL),
        SegmentKey.of("region", spent.getRegion()),
        SegmentKey.of("channel", spent.getChannel()));
  }

  private static void measure(
      MrrMovement movement, BiConsumer<LocalDate, Sums<EconomicsMeasure>> count) {
    long change = movement.getArrMinorChange();
    Sums<EconomicsMeasure> moved = Sums.of(EVENTS, 1).with(ARR, change);
    count.accept(
        movement.getDay(),
        switch (MovementType.named(movement.getMovementType())) {
          case NEW -> moved.with(CUSTOMERS_NEW, 1).with(NEW_ARR, change).with(CUSTOMERS, 1);
          case REACTIVATION -> moved.with(CUSTOMERS, 1);
          case CHURN -> moved.with(CUSTOMERS, -1);
          case EXPANSION, CONTRACTION -> moved;
        });
  }

  private static void measure(
      CustomerMonth month, BiConsumer<LocalDate, Sums<EconomicsMeasure>> count) {
    if (month.getArrMinor1mBefore() > 0) {
      count.accept(
          month.getMonth(),
          Sums.of(CUSTOMERS_START, 1).with(CUSTOMERS_LOST, month.getArrMinor() > 0 ? 0 : 1));
    }
  }
}
