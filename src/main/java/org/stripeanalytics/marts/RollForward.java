package org.stripeanalytics.marts;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
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
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * Sums measures by row group and period, in windows that are the periods, and rolls the sums
 * forward: a row for every period from the first one that has the group's first event to the last
 * that the interval finishes, each with its opening and closing totals. Windows emit nothing for a
 * quiet period and carry no running total; this step, keyed by row group in the global window, adds
 * both. What lies before the interval opens it and has no rows of its own.
 *
 * <p>Input: bounded. Output: in the global window.
 *
 * @param <K> what a row group is, mostly a segment value
 */
final class RollForward<K, M extends Enum<M>, RowT>
    extends PTransform<PCollection<KV<K, Sums<M>>>, PCollection<RowT>> {
  private final Grain grain;
  private final M firstEvent;
  private final DataInterval interval;
  private final ZoneId zone;
  private final Class<RowT> rowClass;
  private final SerializableFunction<RolledPeriod<K, M>, RowT> toRow;

  private RollForward(
      Grain grain,
      M firstEvent,
      DataInterval interval,
      ZoneId zone,
      Class<RowT> rowClass,
      SerializableFunction<RolledPeriod<K, M>, RowT> toRow) {
    this.grain = grain;
    this.firstEvent = firstEvent;
    this.interval = interval;
    this.zone = zone;
    this.rowClass = rowClass;
    this.toRow = toRow;
  }

  /**
   * @param firstEvent the measure, never negative, whose first occurrence opens a row group
   */
  static <K, M extends Enum<M>, RowT> RollForward<K, M, RowT> by(
      Grain grain,
      M firstEvent,
      DataInterval interval,
      ZoneId zone,
      Class<RowT> rowClass,
      SerializableFunction<RolledPeriod<K, M>, RowT> toRow) {
    return new RollForward<>(grain, firstEvent, interval, zone, rowClass, toRow);
  }

  @Override
  public PCollection<RowT> expand(PCollection<KV<K, Sums<M>>> measures) {
    Coder<K> keyCoder = ((KvCoder<K, Sums<M>>) measures.getCoder()).getKeyCoder();
    return measures
        .apply("WindowByPeriod", Window.into(grain.windows(zone)))
        .apply("SumPerPeriod", Combine.perKey(new Sums.SumFn<M>()))
        .setCoder(KvCoder.of(keyCoder, Sums.coder()))
        .apply("NamePeriod", ParDo.of(new NamePeriodFn<>(zone)))
        .setCoder(KvCoder.of(keyCoder, KvCoder.of(VarLongCoder.of(), Sums.coder())))
        .apply("LeavePeriods", Window.into(new GlobalWindows()))
        .apply("GroupByRowGroup", GroupByKey.create())
        .apply("Roll", ParDo.of(new RollFn<>(grain, firstEvent, interval, toRow)))
        .setCoder(RowCoder.of(rowClass));
  }

  /** Every period in order, quiet ones included. */
  static <K, M extends Enum<M>> ImmutableList<RolledPeriod<K, M>> roll(
      K key,
      NavigableMap<LocalDate, Sums<M>> history,
      Grain grain,
      M firstEvent,
      DataInterval interval) {
    ImmutableList.Builder<RolledPeriod<K, M>> rolled = ImmutableList.builder();
    if (history.isEmpty()) {
      return rolled.build();
    }
    LocalDate first = grain.containing(interval.from());
    Sums<M> opening = Sums.none();
    for (LocalDate period = history.firstKey();
        !grain.next(period).isAfter(interval.to());
        period = grain.next(period)) {
      Sums<M> moved = history.getOrDefault(period, Sums.none());
      Sums<M> closing = opening.plus(moved);
      if (!period.isBefore(first) && closing.get(firstEvent) > 0) {
        rolled.add(new RolledPeriod<>(key, period, opening, moved, closing, history, grain));
      }
      opening = closing;
    }
    return rolled.build();
  }

  /** Carries the period in the element, because the global window will not. */
  private static final class NamePeriodFn<K, M extends Enum<M>>
      extends DoFn<KV<K, Sums<M>>, KV<K, KV<Long, Sums<M>>>> {
    private final ZoneId zone;

    NamePeriodFn(ZoneId zone) {
      this.zone = zone;
    }

    @ProcessElement
    public void name(
        @Element KV<K, Sums<M>> sums,
        BoundedWindow window,
        OutputReceiver<KV<K, KV<Long, Sums<M>>>> output) {
      long period = Grain.period(window, zone).toEpochDay();
      output.output(KV.of(sums.getKey(), KV.of(period, sums.getValue())));
    }
  }

  private static final class RollFn<K, M extends Enum<M>, RowT>
      extends DoFn<KV<K, Iterable<KV<Long, Sums<M>>>>, RowT> {
    private final Grain grain;
    private final M firstEvent;
    private final DataInterval interval;
    private final SerializableFunction<RolledPeriod<K, M>, RowT> toRow;

    RollFn(
        Grain grain,
        M firstEvent,
        DataInterval interval,
        SerializableFunction<RolledPeriod<K, M>, RowT> toRow) {
      this.grain = grain;
      this.firstEvent = firstEvent;
      this.interval = interval;
      this.toRow = toRow;
    }

    @ProcessElement
    public void roll(
        @Element KV<K, Iterable<KV<Long, Sums<M>>>> group, OutputReceiver<RowT> output) {
      NavigableMap<LocalDate, Sums<M>> history = new TreeMap<>();
      for (KV<Long, Sums<M>> period : group.getValue()) {
        history.merge(LocalDate.ofEpochDay(period.getKey()), period.getValue(), Sums::plus);
      }
      for (RolledPeriod<K, M> period :
          RollForward.roll(group.getKey(), history, grain, firstEvent, interval)) {
        output.output(toRow.apply(period));
      }
    }
  }
}
