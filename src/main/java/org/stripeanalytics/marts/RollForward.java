package org.stripeanalytics.marts;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;

/**
 * Sums measures by segment value and period, in windows that are the periods, and rolls the sums
 * forward: a row for every period from the segment value's first one to the last that the interval
 * finishes, each with its opening and closing levels. Windows emit nothing for a quiet period and
 * carry no running total; this step, keyed by segment value in the global window, adds both.
 *
 * <p>Input: bounded, event times within the interval. Output: in the global window.
 */
final class RollForward<RowT>
    extends PTransform<PCollection<KV<SegmentKey, MrrSums>>, PCollection<RowT>> {
  private final Grain grain;
  private final DataInterval interval;
  private final ZoneId zone;
  private final Class<RowT> rowClass;
  private final SerializableFunction<RolledPeriod, RowT> toRow;

  private RollForward(
      Grain grain,
      DataInterval interval,
      ZoneId zone,
      Class<RowT> rowClass,
      SerializableFunction<RolledPeriod, RowT> toRow) {
    this.grain = grain;
    this.interval = interval;
    this.zone = zone;
    this.rowClass = rowClass;
    this.toRow = toRow;
  }

  static <RowT> RollForward<RowT> by(
      Grain grain,
      DataInterval interval,
      ZoneId zone,
      Class<RowT> rowClass,
      SerializableFunction<RolledPeriod, RowT> toRow) {
    return new RollForward<>(grain, interval, zone, rowClass, toRow);
  }

  @Override
  public PCollection<RowT> expand(PCollection<KV<SegmentKey, MrrSums>> measures) {
    return measures
        .apply("WindowByPeriod", Window.into(grain.windows(zone)))
        .apply("SumPerPeriod", Combine.perKey(new MrrSums.SumFn()))
        .apply("NamePeriod", ParDo.of(new NamePeriodFn(zone)))
        .setCoder(
            KvCoder.of(
                WarehouseTable.coderOf(SegmentKey.class),
                KvCoder.of(VarLongCoder.of(), MrrSums.MrrSumsCoder.of())))
        .apply("LeavePeriods", Window.into(new GlobalWindows()))
        .apply("GroupBySegment", GroupByKey.create())
        .apply("Roll", ParDo.of(new RollFn<>(grain, interval, toRow)))
        .setCoder(WarehouseTable.coderOf(rowClass));
  }

  /** Every period in order, quiet ones included. */
  static ImmutableList<RolledPeriod> roll(
      SegmentKey segment,
      NavigableMap<LocalDate, MrrSums> sums,
      Grain grain,
      DataInterval interval) {
    ImmutableList.Builder<RolledPeriod> rolled = ImmutableList.builder();
    if (sums.isEmpty()) {
      return rolled.build();
    }
    MrrSums opening = MrrSums.ZERO;
    for (LocalDate period = sums.firstKey();
        !grain.next(period).isAfter(interval.to());
        period = grain.next(period)) {
      MrrSums moved = sums.getOrDefault(period, MrrSums.ZERO);
      MrrSums closing = opening.plus(moved);
      rolled.add(new RolledPeriod(segment, period, opening, moved, closing));
      opening = closing;
    }
    return rolled.build();
  }

  /** Carries the period in the element, because the global window will not. */
  private static final class NamePeriodFn
      extends DoFn<KV<SegmentKey, MrrSums>, KV<SegmentKey, KV<Long, MrrSums>>> {
    private final ZoneId zone;

    NamePeriodFn(ZoneId zone) {
      this.zone = zone;
    }

    @ProcessElement
    public void name(
        @Element KV<SegmentKey, MrrSums> sums,
        BoundedWindow window,
        OutputReceiver<KV<SegmentKey, KV<Long, MrrSums>>> output) {
      long period = Grain.period(window, zone).toEpochDay();
      output.output(KV.of(sums.getKey(), KV.of(period, sums.getValue())));
    }
  }

  private static final class RollFn<RowT>
      extends DoFn<KV<SegmentKey, Iterable<KV<Long, MrrSums>>>, RowT> {
    private final Grain grain;
    private final DataInterval interval;
    private final SerializableFunction<RolledPeriod, RowT> toRow;

    RollFn(Grain grain, DataInterval interval, SerializableFunction<RolledPeriod, RowT> toRow) {
      this.grain = grain;
      this.interval = interval;
      this.toRow = toRow;
    }

    @ProcessElement
    public void roll(
        @Element KV<SegmentKey, Iterable<KV<Long, MrrSums>>> segment, OutputReceiver<RowT> output) {
      NavigableMap<LocalDate, MrrSums> sums = new TreeMap<>();
      for (KV<Long, MrrSums> period : segment.getValue()) {
        sums.merge(LocalDate.ofEpochDay(period.getKey()), period.getValue(), MrrSums::plus);
      }
      for (RolledPeriod period : RollForward.roll(segment.getKey(), sums, grain, interval)) {
        output.output(toRow.apply(period));
      }
    }
  }
}
