package org.stripeanalytics.staging;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import com.google.common.collect.Iterables;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class KeepAdmittedTest {

  @Test
  void admitsEveryKeyThatIsThereAndFewOthers(TestPipeline pipeline) {
    List<String> there = charges(0, 5_000);
    List<String> others = charges(5_000, 10_000);

    PAssert.that(admitted(pipeline, there, Iterables.concat(there, others)))
        .satisfies(
            admitted -> {
              assertThat(
                  there.stream().filter(key -> !Iterables.contains(admitted, key)).toList(),
                  is(empty()));
              assertThat(Iterables.size(admitted), lessThan(there.size() + 250));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void admitsNothingWhereThereIsNothing(TestPipeline pipeline) {
    PAssert.that(admitted(pipeline, List.of(), charges(0, 1_000))).empty();
    pipeline.run().waitUntilFinish();
  }

  private static List<String> charges(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "ch_" + i).toList();
  }

  private static PCollection<String> admitted(
      TestPipeline pipeline, List<String> there, Iterable<String> asked) {
    PCollectionView<KeyFilter> filter =
        KeyFilter.of(
            "Filter", pipeline.apply("There", Create.of(there).withCoder(StringUtf8Coder.of())));
    return pipeline
        .apply("Asked", Create.of(asked).withCoder(StringUtf8Coder.of()))
        .apply(KeepAdmitted.by(key -> key, filter));
  }
}
