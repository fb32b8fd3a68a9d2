package org.stripeanalytics.marts;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.stripeanalytics.intermediate.Days;

/**
 * Turns facts into what a mart sums: an element per row group and day, with the day's first instant
 * as its event time. What a bundle holds of one row group and day is summed before it leaves, so
 * that little is shuffled. Input: bounded, in the global window.
 *
 * @param <F> the facts
 * @param <K> what a row group is, mostly a segment value
 */
final class MeasureFacts<F, K, M extends Enum<M>>
    extends PTransform<PCollection<F>, PCollection<KV<K, Sums<M>>>> {

  /** Where a fact is counted. */
  interface RowGroups<F, K> extends Serializable {
    List<K> of(F fact);
  }

  /** What of a fact is counted, on which days. */
  interface Measures<F, M extends Enum<M>> extends Serializable {
    void of(F fact, BiConsumer<LocalDate, Sums<M>> count);
  }

  private final Class<M> measured;
  private final ZoneId zone;
  private final Coder<K> keyCoder;
  private final RowGroups<F, K> groups;
  private final Measures<F, M> measures;

  private MeasureFacts(
      Class<M> measured,
      ZoneId zone,
      Coder<K> keyCoder,
      RowGroups<F, K> groups,
      Measures<F, M> measures) {
    this.measured = measured;
    this.zone = zone;
    this.keyCoder = keyCoder;
    this.groups = groups;
    this.measures = measures;
  }

  /**
   * @param measured what is counted of the facts
   */
  static <F, K, M extends Enum<M>> MeasureFacts<F, K, M> of(
      Class<M> measured,
      ZoneId zone,
      Coder<K> keyCoder,
      RowGroups<F, K> groups,
      Measures<F, M> measures) {
    return new MeasureFacts<>(measured, zone, keyCoder, groups, measures);
  }

  /** With a row group per segment value. */
  static <F, M extends Enum<M>> MeasureFacts<F, SegmentKey, M> bySegment(
      Class<M> measured, ZoneId zone, RowGroups<F, SegmentKey> segments, Measures<F, M> measures) {
    return of(measured, zone, SegmentKey.SegmentKeyCoder.of(), segments, measures);
  }

  @Override
  public PCollection<KV<K, Sums<M>>> expand(PCollection<F> facts) {
    return facts
        .apply("Measure", ParDo.of(new MeasureFn<>(zone, groups, measures)))
        .setCoder(KvCoder.of(keyCoder, Sums.coder()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("measured", measured).withLabel("What is counted"));
  }

  private static final class MeasureFn<F, K, M extends Enum<M>> extends DoFn<F, KV<K, Sums<M>>> {
    /** Bounds what a bundle may hold back; beyond it, more is shuffled and nothing else changes. */
    private static final int MOST_HELD = 100_000;

    private final ZoneId zone;
    private final RowGroups<F, K> groups;
    private final Measures<F, M> measures;
    private transient Map<K, Map<LocalDate, Sums<M>>> held;
    private transient int heldSums;

    MeasureFn(ZoneId zone, RowGroups<F, K> groups, Measures<F, M> measures) {
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
        @Element F fact, @Timestamp Instant timestamp, OutputReceiver<KV<K, Sums<M>>> output) {
      List<K> keys = groups.of(fact);
      measures.of(
          fact,
          (day, sums) -> {
            requireEarlier(timestamp, day);
            for (K key : keys) {
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

    private void forEachHeld(BiConsumer<KV<K, Sums<M>>, Instant> output) {
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
