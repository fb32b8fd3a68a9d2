package org.stripeanalytics.pipelines.local.memory;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableSortedSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryRunnerTest {
  private static final int THREADS = 2;

  private static final List<TimestampedValue<KV<String, Long>>> VALUES =
      List.of(at(1, "a", 1), at(2, "a", 2), at(11, "a", 10), at(1, "b", 3), at(12, "b", 4));

  private final Pipeline pipeline = pipeline();

  @Test
  void valuesAreGroupedByKeyAndWindow() {
    PAssert.that(shown(inWindows(Duration.standardSeconds(10)).apply("Group", GroupByKey.create())))
        .containsInAnyOrder("a[1, 2]", "a[10]", "b[3]", "b[4]");
    pipeline.run();
  }

  @Test
  void valuesOfAKeyAreCombinedPerWindow() {
    PAssert.that(inWindows(Duration.standardSeconds(10)).apply("Sum", Sum.longsPerKey()))
        .containsInAnyOrder(KV.of("a", 3L), KV.of("a", 10L), KV.of("b", 3L), KV.of("b", 4L));
    pipeline.run();
  }

  @Test
  void aGroupHasTheTimestampThatItsWindowingAsksFor() {
    PCollection<KV<String, Long>> values = inWindows(Duration.standardMinutes(1));
    PCollection<KV<String, Long>> earliest =
        values.apply(
            "KeepEarliest",
            Window.<KV<String, Long>>configure().withTimestampCombiner(TimestampCombiner.EARLIEST));

    PAssert.that(seconds("OfWindow", values)).containsInAnyOrder("a 59.999", "b 59.999");
    PAssert.that(seconds("OfFirst", earliest)).containsInAnyOrder("a 1.000", "b 1.000");
    pipeline.run();
  }

  @Test
  void aStepHasItsSideInputsWholeEvenThoseOfItsOwnInput() {
    PCollection<Long> numbers = pipeline.apply("Numbers", Create.of(1L, 2L, 3L));
    PCollectionView<Long> total =
        numbers.apply("Total", Sum.longsGlobally()).apply("AsSingleton", View.asSingleton());
    PCollectionView<Map<String, Long>> names =
        pipeline.apply("Names", Create.of(KV.of("x", 100L))).apply("AsMap", View.asMap());

    PAssert.that(
            numbers.apply("Add", ParDo.of(new AddFn(total, names)).withSideInputs(total, names)))
        .containsInAnyOrder(107L, 108L, 109L);
    pipeline.run();
  }

  @Test
  void elementsPassReshufflesFlattensAndWaitsUnchanged() {
    PCollection<Long> few = pipeline.apply("Few", Create.of(1L, 2L));
    PCollection<Long> more = pipeline.apply("More", Create.of(3L));

    PAssert.that(
            PCollectionList.of(few.apply("Reshuffle", Reshuffle.viaRandomKey()))
                .and(more.apply("Wait", Wait.on(few)))
                .and(more)
                .apply("Flatten", Flatten.pCollections()))
        .containsInAnyOrder(1L, 2L, 3L, 3L);
    pipeline.run();
  }

  @Test
  void anEmptyInputGivesNoGroupsAndTheSumOfNothing() {
    PCollection<KV<String, Long>> none =
        pipeline.apply(
            "None",
            Create.empty(TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs())));

    PAssert.that(none.apply("Group", GroupByKey.create())).empty();
    PAssert.that(none.apply("Count", Count.globally())).containsInAnyOrder(0L);
    pipeline.run();
  }

  @Test
  void aStageHasABundlePerThreadAndCountsWhatPasses() {
    List<KV<Integer, Long>> thousandKeys =
        IntStream.range(0, 1000).mapToObj(key -> KV.of(key, 1L)).toList();
    pipeline
        .apply("Create", Create.of(thousandKeys))
        .apply("Group", GroupByKey.create())
        .apply("Count", ParDo.of(new CountFn()));

    PipelineResult result = pipeline.run();

    assertThat(counted(result, "keys"), is(1000L));
    assertThat(counted(result, "bundles"), lessThanOrEqualTo((long) THREADS));
  }

  @Test
  void whatAStepThrowsEndsTheRunAndIsNamed() {
    pipeline
        .apply("Create", Create.of(1L, 2L, 3L))
        .apply(
            "Fail",
            MapElements.into(TypeDescriptors.longs())
                .via(
                    number -> {
                      throw new IllegalStateException("no number is good");
                    }));

    Exception failure = assertThrows(Pipeline.PipelineExecutionException.class, pipeline::run);
    assertThat(failure.getMessage(), containsString("no number is good"));
  }

  @Test
  void aStepWithStateIsRefusedByName() {
    pipeline.apply("Create", Create.of(KV.of("a", 1L))).apply("Remember", ParDo.of(new StateFn()));

    Exception refusal = assertThrows(UnsupportedOperationException.class, pipeline::run);
    assertThat(refusal.getMessage(), containsString("Remember"));
  }

  @Test
  void windowsThatMergeAreRefusedByName() {
    pipeline
        .apply("Create", Create.timestamped(VALUES))
        .apply("Window", Window.into(Sessions.withGapDuration(Duration.standardSeconds(1))))
        .apply("GroupSessions", GroupByKey.create());

    Exception refusal = assertThrows(UnsupportedOperationException.class, pipeline::run);
    assertThat(refusal.getMessage(), containsString("GroupSessions"));
  }

  private PCollection<KV<String, Long>> inWindows(Duration size) {
    return pipeline
        .apply("Create", Create.timestamped(VALUES))
        .apply("Window", Window.into(FixedWindows.of(size)));
  }

  private static PCollection<String> shown(PCollection<KV<String, Iterable<Long>>> groups) {
    return groups.apply(
        "Show",
        MapElements.into(TypeDescriptors.strings())
            .via(group -> group.getKey() + ImmutableSortedSet.copyOf(group.getValue())));
  }

  /** The keys of groups with their timestamps. */
  private static PCollection<String> seconds(String name, PCollection<KV<String, Long>> values) {
    return values
        .apply(name + "Group", GroupByKey.create())
        .apply(name + "Timestamps", Reify.timestamps())
        .apply(
            name + "Show",
            MapElements.into(TypeDescriptors.strings())
                .via(
                    group ->
                        "%s %.3f"
                            .formatted(
                                group.getValue().getKey(),
                                group.getTimestamp().getMillis() / 1000.0)));
  }

  private static TimestampedValue<KV<String, Long>> at(int second, String key, long value) {
    return TimestampedValue.of(KV.of(key, value), Instant.ofEpochSecond(second));
  }

  private static Pipeline pipeline() {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setRunner(InMemoryRunner.class);
    options.setTargetParallelism(THREADS);
    return Pipeline.create(options);
  }

  private static long counted(PipelineResult result, String counter) {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(CountFn.class, counter))
            .build();
    return result.metrics().queryMetrics(filter).getCounters().iterator().next().getAttempted();
  }

  private static final class CountFn extends DoFn<KV<Integer, Iterable<Long>>, Long> {
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

  private static final class AddFn extends DoFn<Long, Long> {
    private final PCollectionView<Long> total;
    private final PCollectionView<Map<String, Long>> names;

    AddFn(PCollectionView<Long> total, PCollectionView<Map<String, Long>> names) {
      this.total = total;
      this.names = names;
    }

    @ProcessElement
    public void add(ProcessContext c) {
      c.output(c.element() + c.sideInput(total) + c.sideInput(names).get("x"));
    }
  }

  private static final class StateFn extends DoFn<KV<String, Long>, Long> {
    @StateId("last")
    private final StateSpec<ValueState<Long>> last = StateSpecs.value();

    @ProcessElement
    public void remember(@Element KV<String, Long> value, @StateId("last") ValueState<Long> state) {
      state.write(value.getValue());
    }
  }
}
