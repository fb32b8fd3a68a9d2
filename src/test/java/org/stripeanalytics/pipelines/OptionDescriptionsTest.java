package org.stripeanalytics.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.Description;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionDescriptionsTest {
  private static final Pattern OPTION = Pattern.compile("--([A-Za-z]+)");

  static List<PipelineMain<?>> pipelines() {
    return Pipelines.withEndless();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pipelines")
  void anOptionThatHelpNamesIsOneOfThePipeline(PipelineMain<?> pipeline) {
    Map<String, Method> options = CommandLine.ownOptions(pipeline.options());
    List<String> named =
        options.values().stream()
            .map(getter -> getter.getAnnotation(Description.class).value())
            .flatMap(text -> OPTION.matcher(text).results())
            .map(found -> found.group(1))
            .toList();

    assertThat(named, everyItem(is(in(options.keySet()))));
  }
}
