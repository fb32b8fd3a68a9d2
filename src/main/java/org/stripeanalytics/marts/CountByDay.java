package org.stripeanalytics.marts;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;

/**
 * Counts facts by day, as a watched metric of the whole account. Bounded, in the global window; a
 * day has an element from each bundle, and they add up.
 */
public final class CountByDay<F> extends PTransform<PCollection<F>, PCollection<WatchedDay>> {
  private final WatchedMetric metric;
  private final SerializableFunction<F, Optional<LocalDate>> day;

  private CountByDay(WatchedMetric metric, SerializableFunction<F, Optional<LocalDate>> day) {
    this.metric = metric;
    this.day = day;
  }

  /**
   * @param day the day to which a fact belongs; none for one that is not counted
   */
  public static <F> CountByDay<F> of(
      WatchedMetric metric, SerializableFunction<F, Optional<LocalDate>> day) {
    return new CountByDay<>(metric, day);
  }

  @Override
  public PCollection<WatchedDay> expand(PCollection<F> facts) {
    return facts.apply("Count", ParDo.of(new CountFn<>(metric, day)));
  }

  private static final class CountFn<F> extends DoFn<F, WatchedDay> {
    private final WatchedMetric metric;
    private final SerializableFunction<F, Optional<LocalDate>> day;
    private transient Multiset<LocalDate> counted;

    CountFn(WatchedMetric metric, SerializableFunction<F, Optional<LocalDate>> day) {
      this.metric = metric;
      this.day = day;
    }

    @StartBundle
    public void startBundle() {
      counted = HashMultiset.create();
    }

    @ProcessElement
    public void count(@Element F fact) {
      day.apply(fact).ifPresent(counted::add);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      counted
          .entrySet()
          .forEach(
              of ->
                  context.output(
                      WatchedDay.count(metric, SegmentKey.ALL, of.getElement(), of.getCount()),
                      BoundedWindow.TIMESTAMP_MIN_VALUE,
                      GlobalWindow.INSTANCE));
    }
  }
}
