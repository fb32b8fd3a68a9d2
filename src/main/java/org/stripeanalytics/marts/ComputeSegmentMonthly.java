package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.SEGMENT_MONTHLY;

import com.google.common.base.Splitter;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.MrrHistory;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.SegmentMonthly;
import org.stripeanalytics.model.marts.StageFlow;
import org.stripeanalytics.model.marts.StageSize;

/**
 * {@code marts.segment_monthly}: one row per month and segment value, from its first MRR to the
 * last month that the interval finishes. Sums what {@link ComputeCustomerSegments} says of each
 * customer. Definitions: {@code schemas/marts/segment_monthly.json}.
 */
public final class ComputeSegmentMonthly
    extends PTransform<
        PCollection<CustomerTimeline>, PCollection<KV<RowGroup, Sums<StageMeasure>>>> {
  private static final char TO = '>';

  /** What a row of {@code stages} may be about. */
  private static final Set<CustomerStage> STAGES =
      EnumSet.complementOf(EnumSet.of(CustomerStage.NONE));

  private final DataInterval interval;
  private final MetricPolicies policies;

  private ComputeSegmentMonthly(DataInterval interval, MetricPolicies policies) {
    this.interval = interval;
    this.policies = policies;
  }

  /** Applied to the timelines of the interval. */
  public static ComputeSegmentMonthly of(DataInterval interval, MetricPolicies policies) {
    return new ComputeSegmentMonthly(interval, policies);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<StageMeasure>>> expand(
      PCollection<CustomerTimeline> timelines) {
    MetricPolicies policies = this.policies;
    return timelines.apply(
        "MeasureStages",
        MeasureFacts.bySegment(
            StageMeasure.class,
            policies.frame().zone(),
            timeline -> SegmentKey.of(timeline.getSegments()),
            (timeline, count) -> measure(timeline, policies, count)));
  }

  private static void measure(
      CustomerTimeline timeline,
      MetricPolicies policies,
      BiConsumer<LocalDate, Sums<StageMeasure>> count) {
    LocalDate firstOn = MrrHistory.of(timeline, policies.frame().zone()).firstOn();
    if (firstOn != null) {
      LocalDate opened = timeline.getFrom().minusDays(1);
      count.accept(firstOn.isBefore(opened) ? opened : firstOn, Sums.of(StageMeasure.STARTED, 1));
    }
    for (StagedMonth staged : StagedMonth.of(timeline, policies)) {
      count.accept(
          staged.month(),
          Sums.of(StageMeasure.customersIn(staged.stage()), 1)
              .with(StageMeasure.arrIn(staged.stage()), staged.arr())
              .counting(staged.previous().id() + TO + staged.stage().id()));
    }
  }

  /** How its rows follow from the sums. */
  public Mart<StageMeasure, SegmentMonthly> mart() {
    MonthlyRevenue revenue = MonthlyRevenue.in(policies.frame().currency());
    return new Mart<>(
        SEGMENT_MONTHLY,
        Grain.MONTH,
        StageMeasure.class,
        StageMeasure.STARTED,
        interval,
        month -> row(month, revenue));
  }

  private static SegmentMonthly row(RolledPeriod<StageMeasure> month, MonthlyRevenue revenue) {
    Sums<StageMeasure> in = month.moved();
    long customers = 0;
    long arr = 0;
    for (CustomerStage stage : STAGES) {
      customers += stage == CustomerStage.LOST ? 0 : in.get(StageMeasure.customersIn(stage));
      arr += in.get(StageMeasure.arrIn(stage));
    }
    return SegmentMonthly.builder()
        .setMonth(month.period())
        .setSegment(month.key().getSegment())
        .setSegmentValue(month.key().getSegmentValue())
        .setCustomers(customers)
        .setCustomersLost(in.get(StageMeasure.LOST))
        .setMrr(revenue.perMonth(arr))
        .setStages(sizes(in, revenue))
        .setFlows(flows(in.counts()))
        .build();
  }

  private static List<StageSize> sizes(Sums<StageMeasure> in, MonthlyRevenue revenue) {
    return STAGES.stream()
        .filter(stage -> in.get(StageMeasure.customersIn(stage)) > 0)
        .map(
            stage ->
                StageSize.builder()
                    .setStage(stage.id())
                    .setCustomers(in.get(StageMeasure.customersIn(stage)))
                    .setMrr(revenue.perMonth(in.get(StageMeasure.arrIn(stage))))
                    .build())
        .toList();
  }

  private static List<StageFlow> flows(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(
            count -> {
              List<String> ends = Splitter.on(TO).splitToList(count.getKey());
              return StageFlow.builder()
                  .setFromStage(ends.get(0))
                  .setToStage(ends.get(1))
                  .setCustomers(count.getValue())
                  .build();
            })
        .toList();
  }
}
