package org.stripeanalytics.marts;

import java.time.LocalDate;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Counts facts by day, as a watched metric of the whole account. Bounded, in the global window. */
public final class CountByDay<F> extends PTransform<PCollection<F>, PCollection<WatchedDay>> {
  private final WatchedMetric metric;
  private final SerializableFunction<F, LocalDate> day;

  private CountByDay(WatchedMetric metric, SerializableFunction<F, LocalDate> day) {
    this.metric = metric;
    this.day = day;
  }

  /**
   * @param day the day to which a fact belongs
   */
  public static <F> CountByDay<F> of(WatchedMetric metric, SerializableFunction<F, LocalDate> day) {
    return new CountByDay<>(metric, day);
  }

  @Override
  public PCollection<WatchedDay> expand(PCollection<F> facts) {
    WatchedMetric counted = metric;
    SerializableFunction<F, LocalDate> dayOf = day;
    return facts
        .apply(
            "TakeDay",
            MapElements.into(TypeDescriptors.longs()).via(fact -> dayOf.apply(fact).toEpochDay()))
        .apply("Count", Count.perElement())
        .apply(
            "ToWatchedDay",
            MapElements.into(TypeDescriptor.of(WatchedDay.class))
                .via(
                    count ->
                        WatchedDay.count(
                            counted,
                            SegmentKey.ALL,
                            LocalDate.ofEpochDay(count.getKey()),
                            count.getValue())));
  }
}
