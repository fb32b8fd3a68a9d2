package org.stripeanalytics.marts;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.marts.RowGroup.RowGroupCoder;
import org.stripeanalytics.model.Segmented;

/**
 * Turns facts into what a mart sums: an element per row group and day, with the day's first instant
 * as its event time. What a bundle holds of one row group and day is summed before it leaves, so
 * that little is shuffled. Input: bounded, in the global window.
 *
 * @param <F> the facts
 */
final class MeasureFacts<F, M extends Enum<M>>
    extends PTransform<PCollection<F>, PCollection<KV<RowGroup, Sums<M>>>> {

  /** Where a fact is counted. */
  interface RowGroups<F> extends Serializable {
    List<RowGroup> of(F fact);
  }

  /** What of a fact is counted, on which days. */
  interface Measures<F, M extends Enum<M>> extends Serializable {
    void of(F fact, BiConsumer<LocalDate, Sums<M>> count);
  }

  private final Class<M> measured;
  private final ZoneId zone;
  private final RowGroups<F> groups;
  private final Measures<F, M> measures;

  private MeasureFacts(
      Class<M> measured, ZoneId zone, RowGroups<F> groups, Measures<F, M> measures) {
    this.measured = measured;
    this.zone = zone;
    this.groups = groups;
    this.measures = measures;
  }

  /**
   * @param measured what is counted of the facts
   */
  static <F, M extends Enum<M>> MeasureFacts<F, M> of(
      Class<M> measured, ZoneId zone, RowGroups<F> groups, Measures<F, M> measures) {
    return new MeasureFacts<>(measured, zone, groups, measures);
  }

  /** Where a fact is counted, if a row group is a segment value. */
  interface SegmentValues<F> extends Serializable {
    List<SegmentKey> of(F fact);
  }

  /** With a row group for each of the fact's segment values. */
  static <F extends Segmented, M extends Enum<M>> MeasureFacts<F, M> bySegment(
      Class<M> measured, ZoneId zone, Measures<F, M> measures) {
    // Here and not at each caller: if one class refers to a method twice, for facts of two types,
    // both references are the first one once they have been serialized.
    return bySegment(measured, zone, Segments::of, measures);
  }

  /** With a row group for each of these segment values. */
  static <F, M extends Enum<M>> MeasureFacts<F, M> bySegment(
      Class<M> measured, ZoneId zone, SegmentValues<F> segments, Measures<F, M> measures) {
    return of(
        measured,
        zone,
        fact -> segments.of(fact).stream().map(s -> RowGroup.of(measured, s)).toList(),
        measures);
  }

  /**
   * Rows of the period before an interval, of which only this is needed: segment values that have
   * been seen. Nothing else about earlier periods affects those of the interval.
   *
   * @param seen the measure whose first occurrence opens a row group
   */
  static <R, M extends Enum<M>> MeasureFacts<R, M> opened(
      M seen,
      ZoneId zone,
      SerializableFunction<R, SegmentKey> segment,
      SerializableFunction<R, LocalDate> period) {
    return bySegment(
        seen.getDeclaringClass(),
        zone,
        row -> List.of(segment.apply(row)),
        (row, count) -> count.accept(period.apply(row), Sums.of(seen, 1)));
  }

  @Override
  public PCollection<KV<RowGroup, Sums<M>>> expand(PCollection<F> facts) {
    return facts
        .apply("Measure", ParDo.of(new MeasureFn<>(zone, groups, measures)))
        .setCoder(KvCoder.of(RowGroupCoder.of(), Sums.coder()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("measured", measured).withLabel("What is counted"));
  }

  private static final class MeasureFn<F, M extends Enum<M>>
      extends DoFn<F, KV<RowGroup, Sums<M>>> {
    /** Bounds what a bundle may hold back; beyond it, more is shuffled and nothing else changes. */
    private static final int MOST_HELD = 100_000;

    private final ZoneId zone;
    private final RowGroups<F> groups;
    private final Measures<F, M> measures;
    private transient Map<RowGroup, Map<LocalDate, Sums<M>>> held;
    private transient int heldSums;

    MeasureFn(ZoneId zone, RowGroups<F> groups, Measures<F, M> measures) {
      this.zone = zone;
      this.groups = groups;
      this.measures = measures;
    }

    @StartBundle
    public void startBundle() {
      letGo();
    }

    @ProcessElement
    public void measure(
        @Element F fact,
        @Timestamp Instant timestamp,
        OutputReceiver<KV<RowGroup, Sums<M>>> output) {
      List<RowGroup> keys = groups.of(fact);
      measures.of(
          fact,
          (day, sums) -> {
            requireEarlier(timestamp, day);
            for (RowGroup key : keys) {
              Sums<M> total =
                  held.computeIfAbsent(key, first -> new HashMap<>()).merge(day, sums, Sums::plus);
              // The very sums that came are held: they are the day's first.
              heldSums += total == sums ? 1 : 0;
            }
          });
      if (heldSums > MOST_HELD) {
        forEachHeld(output::outputWithTimestamp);
        letGo();
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      forEachHeld((sums, time) -> context.output(sums, time, GlobalWindow.INSTANCE));
      letGo();
    }

    private void forEachHeld(BiConsumer<KV<RowGroup, Sums<M>>, Instant> output) {
      held.forEach(
          (group, days) ->
              days.forEach((day, sums) -> output.accept(KV.of(group, sums), eventTime(day))));
    }

    private void letGo() {
      held = new HashMap<>();
      heldSums = 0;
    }

    /** What a bundle's end emits is not checked by Beam, and late elements would be dropped. */
    private void requireEarlier(Instant timestamp, LocalDate day) {
      boolean isUntimed = timestamp.equals(BoundedWindow.TIMESTAMP_MIN_VALUE);
      if (!isUntimed && timestamp.isAfter(eventTime(day))) {
        throw new IllegalStateException(
            "a fact of %s has the timestamp %s: KeepTimestamps is missing before a grouping"
                .formatted(day, timestamp));
      }
    }

    private Instant eventTime(LocalDate day) {
      return Instant.ofEpochMilli(Days.start(day, zone).toEpochMilli());
    }
  }
}
