package org.stripeanalytics.marts;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.facts.MovementType;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.DailyMrr;
import org.stripeanalytics.fold.timeline.MonthEndMrr;
import org.stripeanalytics.fold.timeline.MrrLevel;
import org.stripeanalytics.fold.timeline.OpeningMrr;

/**
 * Turns timelines into what the MRR marts sum, by segment value and day of change, with the day's
 * first instant as event time. The net movements of a month belong to its last day; the levels with
 * which an interval opens, to the day before it. Input: bounded, in the global window.
 */
public final class MeasureMrr
    extends PTransform<PCollection<CustomerTimeline>, PCollection<KV<RowGroup, Sums<MrrMeasure>>>> {
  private final ReportingFrame frame;

  private MeasureMrr(ReportingFrame frame) {
    this.frame = frame;
  }

  public static MeasureMrr of(ReportingFrame frame) {
    return new MeasureMrr(frame);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<MrrMeasure>>> expand(
      PCollection<CustomerTimeline> timelines) {
    ZoneId zone = frame.zone();
    return timelines.apply(
        "MeasureDays",
        MeasureFacts.bySegment(
            MrrMeasure.class,
            zone,
            timeline -> SegmentKey.of(timeline.getSegments()),
            (timeline, count) -> measure(timeline, zone, count)));
  }

  static void measure(
      CustomerTimeline timeline, ZoneId zone, BiConsumer<LocalDate, Sums<MrrMeasure>> count) {
    OpeningMrr opening = timeline.getOpening();
    if (!opening.equals(OpeningMrr.NEVER_ANY)) {
      count.accept(timeline.getFrom().minusDays(1), opened(opening));
    }
    boolean hadMrr = opening.getHadMrr();
    for (DailyMrr.Day day : DailyMrr.of(timeline, zone)) {
      count.accept(day.day(), measure(day, hadMrr));
      hadMrr |= day.after().getArr() > 0;
    }
    for (MonthEndMrr.Month month : MonthEndMrr.of(timeline, zone)) {
      LocalDate lastDay = month.month().plusMonths(1).minusDays(1);
      MovementType.of(month.before(), month.after(), month.hadBefore())
          .map(type -> Sums.of(MrrMeasure.netMovement(type), month.after() - month.before()))
          .ifPresent(net -> count.accept(lastDay, net));
    }
  }

  /** The levels just before an interval, and that the customer's first movement lies before it. */
  private static Sums<MrrMeasure> opened(OpeningMrr opening) {
    return change(MrrLevel.NONE, opening.getLevel())
        .with(MrrMeasure.CUSTOMERS_NEW, opening.getHadMrr() ? 1 : 0);
  }

  /** A day's change of the levels and, where revenue moved, the movement. */
  static Sums<MrrMeasure> measure(DailyMrr.Day day, boolean hadMrr) {
    Sums<MrrMeasure> levels = change(day.before(), day.after());
    long before = day.before().getArr();
    long after = day.after().getArr();
    return MovementType.of(before, after, hadMrr)
        .map(type -> withMovement(levels, type, after - before))
        .orElse(levels);
  }

  private static Sums<MrrMeasure> change(MrrLevel before, MrrLevel after) {
    return Sums.of(MrrMeasure.ARR, after.getArr() - before.getArr())
        .with(MrrMeasure.ARR_LIST, after.getList() - before.getList())
        .with(MrrMeasure.ARR_BILLED, after.getBilled() - before.getBilled())
        .with(MrrMeasure.ARR_PAST_DUE, after.getPastDue() - before.getPastDue())
        .with(MrrMeasure.ARR_ENDING, after.getEnding() - before.getEnding())
        .with(MrrMeasure.ARR_STARTER, after.getStarter() - before.getStarter())
        .with(MrrMeasure.ARR_PROFESSIONAL, after.getProfessional() - before.getProfessional())
        .with(MrrMeasure.ARR_OTHER, after.other() - before.other())
        .with(MrrMeasure.CUSTOMERS, paying(after) - paying(before));
  }

  private static Sums<MrrMeasure> withMovement(
      Sums<MrrMeasure> sums, MovementType type, long change) {
    Sums<MrrMeasure> moved = sums.with(MrrMeasure.movement(type), change);
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
}
