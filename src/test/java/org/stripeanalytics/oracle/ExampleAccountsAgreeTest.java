package org.stripeanalytics.oracle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.pipelines.local.LocalRuns;

/**
 * Two independent computations of every mart, over the oracle's hand-made accounts and with the
 * policies that they set. The pipeline brings its own seeds, so amounts in other currencies are not
 * those in the heads of the examples; both sides read the same.
 */
class ExampleAccountsAgreeTest {
  /** What an example sets, and the option that does the same. */
  private static final ImmutableMap<String, String> OPTIONS =
      ImmutableMap.of(
          "mrr_discounts", "mrrDiscounts",
          "churn_at", "churnAt",
          "include_past_due", "includePastDue",
          "gross_margin", "grossMargin",
          "reporting_zone", "reportingZone");

  @TempDir Path folder;

  static Stream<OracleExample> examples() {
    return OracleExample.all().stream().filter(example -> example.refusal().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void thePipelineAndTheOracleGiveTheSameCells(OracleExample example) {
    Path file = folder.resolve("example.duckdb");
    example.in(file).close();

    LocalRuns.run("transform", file, options(example).toArray(String[]::new));

    try (OracleComparison comparison =
        OracleComparison.of(file, example.asOf(), policies(example))) {
      assertThat(String.join("\n", comparison.differences()), is(""));
    }
  }

  private static List<String> options(OracleExample example) {
    List<String> options =
        new ArrayList<>(
            List.of("--from=2020-01-01", "--to=" + example.asOf(), "--runner=DirectRunner"));
    OPTIONS.forEach(
        (variable, option) ->
            example.variable(variable).ifPresent(v -> options.add("--" + option + "=" + v)));
    return options;
  }

  private static Map<String, String> policies(OracleExample example) {
    ImmutableMap.Builder<String, String> policies = ImmutableMap.builder();
    OPTIONS
        .keySet()
        .forEach(
            variable ->
                example
                    .variable(variable)
                    .ifPresent(
                        value ->
                            policies.put(
                                variable,
                                value.matches("true|false|[0-9.]+") ? value : "'" + value + "'")));
    return policies.buildOrThrow();
  }
}
