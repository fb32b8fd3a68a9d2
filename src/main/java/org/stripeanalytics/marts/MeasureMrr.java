package org.stripeanalytics.marts;

import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.facts.MovementType;
import org.stripeanalytics.intermediate.CustomerTimeline;
import org.stripeanalytics.intermediate.DailyMrr;
import org.stripeanalytics.intermediate.Days;
import org.stripeanalytics.intermediate.MetricPolicies;
import org.stripeanalytics.intermediate.MonthEndMrr;
import org.stripeanalytics.intermediate.MrrLevel;

/**
 * Turns timelines into what the MRR marts sum: one element per customer, day of change and segment,
 * with the day's first instant as its event time. The net movements of a month belong to its last
 * day. Input elements must have timestamps no later than their days; output is in the input's
 * windows.
 */
public final class MeasureMrr
    extends PTransform<PCollection<CustomerTimeline>, PCollection<KV<SegmentKey, MrrSums>>> {
  private final MetricPolicies policies;

  private MeasureMrr(MetricPolicies policies) {
    this.policies = policies;
  }

  public static MeasureMrr of(MetricPolicies policies) {
    return new MeasureMrr(policies);
  }

  @Override
  public PCollection<KV<SegmentKey, MrrSums>> expand(PCollection<CustomerTimeline> timelines) {
    return timelines
        .apply("MeasureDays", ParDo.of(new MeasureFn(policies.reportingZone())))
        .setCoder(KvCoder.of(WarehouseTable.coderOf(SegmentKey.class), MrrSums.MrrSumsCoder.of()));
  }

  /** A day's change of the levels and, where revenue moved, the movement. */
  static MrrSums measure(DailyMrr.Day day, boolean hadMrr) {
    MrrLevel before = day.before();
    MrrLevel after = day.after();
    MrrSums levels =
        MrrSums.of(MrrMeasure.ARR, after.getArr() - before.getArr())
            .with(MrrMeasure.ARR_LIST, after.getList() - before.getList())
            .with(MrrMeasure.ARR_BILLED, after.getBilled() - before.getBilled())
            .with(MrrMeasure.ARR_PAST_DUE, after.getPastDue() - before.getPastDue())
            .with(MrrMeasure.ARR_ENDING, after.getEnding() - before.getEnding())
            .with(MrrMeasure.ARR_STARTER, after.getStarter() - before.getStarter())
            .with(MrrMeasure.ARR_PROFESSIONAL, after.getProfessional() - before.getProfessional())
            .with(MrrMeasure.ARR_OTHER, after.other() - before.other())
            .with(MrrMeasure.CUSTOMERS, paying(after) - paying(before));
    return MovementType.of(before.getArr(), after.getArr(), hadMrr)
        .map(type -> withMovement(levels, type, after.getArr() - before.getArr()))
        .orElse(levels);
  }

  private static MrrSums withMovement(MrrSums sums, MovementType type, long change) {
    MrrSums moved = sums.with(MrrMeasure.movement(type), change);
    return switch (type) {
      case NEW -> moved.with(MrrMeasure.CUSTOMERS_NEW, 1);
      case REACTIVATION -> moved.with(MrrMeasure.CUSTOMERS_REACTIVATED, 1);
      case CHURN -> moved.with(MrrMeasure.CUSTOMERS_CHURNED, 1);
      case EXPANSION, CONTRACTION -> moved;
    };
  }

  private static int paying(MrrLevel level) {
    return level.getArr() > 0 ? 1 : 0;
  }

  private static final class MeasureFn extends DoFn<CustomerTimeline, KV<SegmentKey, MrrSums>> {
    private final ZoneId zone;

    MeasureFn(ZoneId zone) {
      this.zone = zone;
    }

    @ProcessElement
    public void measure(
        @Element CustomerTimeline timeline, OutputReceiver<KV<SegmentKey, MrrSums>> output) {
      boolean hadMrr = timeline.getOpening().getHadMrr();
      for (DailyMrr.Day day : DailyMrr.of(timeline, zone)) {
        emit(timeline, day.day(), MeasureMrr.measure(day, hadMrr), output);
        hadMrr |= day.after().getArr() > 0;
      }
      for (MonthEndMrr.Month month : MonthEndMrr.of(timeline, zone)) {
        MovementType.of(month.before(), month.after(), month.hadBefore())
            .map(type -> MrrSums.of(MrrMeasure.netMovement(type), month.after() - month.before()))
            .ifPresent(net -> emit(timeline, lastDay(month), net, output));
      }
    }

    private static LocalDate lastDay(MonthEndMrr.Month month) {
      return month.month().plusMonths(1).minusDays(1);
    }

    private void emit(
        CustomerTimeline timeline,
        LocalDate day,
        MrrSums sums,
        OutputReceiver<KV<SegmentKey, MrrSums>> output) {
      Instant eventTime = Instant.ofEpochMilli(Days.start(day, zone).toEpochMilli());
      for (SegmentKey segment : SegmentKey.of(timeline.getSegments())) {
        output.outputWithTimestamp(KV.of(segment, sums), eventTime);
      }
    }
  }
}
