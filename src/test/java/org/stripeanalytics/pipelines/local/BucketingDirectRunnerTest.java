package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class BucketingDirectRunnerTest {
  private static final int BUCKETS = 2;

  /** Five keys in two buckets: at least one bucket has several. */
  private static final List<TimestampedValue<KV<String, Long>>> VALUES =
      List.of(
          at(1, "a", 1),
          at(2, "a", 2),
          at(11, "a", 10),
          at(1, "b", 3),
          at(1, "c", 4),
          at(11, "c", 5),
          at(12, "c", 6),
          at(1, "d", 7),
          at(1, "e", 8));

  @Test
  void keysOfABucketAndTheirWindowsStayApart() {
    Pipeline pipeline = pipeline();
    PCollection<String> groups =
        inWindows(pipeline)
            .apply("Group", GroupByKey.create())
            .apply(
                "Show",
                MapElements.into(TypeDescriptors.strings())
                    .via(group -> group.getKey() + ImmutableSortedSet.copyOf(group.getValue())));

    PAssert.that(groups)
        .containsInAnyOrder("a[1, 2]", "a[10]", "b[3]", "c[4]", "c[5, 6]", "d[7]", "e[8]");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void valuesOfAKeyAreCombinedPerWindow() {
    Pipeline pipeline = pipeline();

    PAssert.that(inWindows(pipeline).apply("Sum", Sum.longsPerKey()))
        .containsInAnyOrder(
            KV.of("a", 3L),
            KV.of("a", 10L),
            KV.of("b", 3L),
            KV.of("c", 4L),
            KV.of("c", 11L),
            KV.of("d", 7L),
            KV.of("e", 8L));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void whatFollowsAGroupingHasABundlePerBucketAndNotPerKey() {
    Pipeline pipeline = pipeline();
    ImmutableList<KV<Integer, Long>> thousandKeys =
        IntStream.range(0, 1000)
            .mapToObj(key -> KV.of(key, 1L))
            .collect(ImmutableList.toImmutableList());
    pipeline
        .apply("Create", Create.of(thousandKeys))
        .apply("Group", GroupByKey.create())
        .apply("Count", ParDo.of(new CountFn()));

    PipelineResult result = pipeline.run();
    result.waitUntilFinish();

    assertThat(counted(result, "keys"), is(1000L));
    assertThat(counted(result, "bundles"), lessThanOrEqualTo((long) BUCKETS));
  }

  private static PCollection<KV<String, Long>> inWindows(Pipeline pipeline) {
    return pipeline
        .apply("Create", Create.timestamped(VALUES))
        .apply("Window", Window.into(FixedWindows.of(Duration.standardSeconds(10))));
  }

  private static TimestampedValue<KV<String, Long>> at(int second, String key, long value) {
    return TimestampedValue.of(KV.of(key, value), Instant.ofEpochSecond(second));
  }

  private static Pipeline pipeline() {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setRunner(BucketingDirectRunner.class);
    options.setTargetParallelism(BUCKETS);
    return Pipeline.create(options);
  }

  private static long counted(PipelineResult result, String counter) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(CountFn.class, counter))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getCommitted();
  }

  private static final class CountFn extends DoFn<KV<Integer, Iterable<Long>>, Void> {
    private final Counter bundles = Metrics.counter(CountFn.class, "bundles");
    private final Counter keys = Metrics.counter(CountFn.class, "keys");

    @StartBundle
    public void startBundle() {
      bundles.inc();
    }

    @ProcessElement
    public void count() {
      keys.inc();
    }
  }
}
