package org.stripeanalytics.oracle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.pipelines.local.LocalRuns;

/**
 * Two independent computations of every mart, over the oracle's hand-made accounts. The pipeline
 * brings its own seeds, so amounts in other currencies are not those in the heads of the examples;
 * both sides read the same.
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

  /** Those with policies of their own. */
  static Stream<OracleExample> examplesWithPolicies() {
    return OracleExample.all().stream().filter(example -> !policies(example).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("examplesWithPolicies")
  void theyAgreeUnderTheExamplesPolicies(OracleExample example) {
    Path file = folder.resolve("example.duckdb");
    example.in(file).close();

    transform(file, example.asOf(), policies(example));

    assertAgreement(file, example.asOf(), policies(example));
  }

  @Test
  void theyAgreeOnAllOtherExamplesTogetherAtTwoPresents() {
    Path file = folder.resolve("examples.duckdb");
    ImmutableList<OracleExample> examples =
        OracleExample.all().stream()
            .filter(example -> policies(example).isEmpty() && example.refusal().isEmpty())
            // Its 100,000 charges tell of thresholds only, and those have a test of their own.
            .filter(example -> !example.name().equals("network_monitors"))
            .collect(ImmutableList.toImmutableList());
    OracleExample.writeAll(examples, file);
    for (String asOf : List.of("2024-04-15", "2025-07-10")) {
      transform(file, LocalDate.parse(asOf), Map.of());

      assertAgreement(file, LocalDate.parse(asOf), Map.of());
    }
  }

  private static void transform(Path file, LocalDate asOf, Map<String, String> policies) {
    List<String> options =
        new ArrayList<>(List.of("--from=2020-01-01", "--to=" + asOf, "--runner=InMemoryRunner"));
    policies.forEach(
        (variable, literal) ->
            options.add("--" + OPTIONS.get(variable) + "=" + literal.replace("'", "")));
    LocalRuns.run("transform", file, options.toArray(String[]::new));
  }

  private static void assertAgreement(Path file, LocalDate asOf, Map<String, String> policies) {
    try (OracleComparison comparison = OracleComparison.of(file, asOf, policies)) {
      assertThat(String.join("\n", comparison.differences()), is(""));
    }
  }

  /** By the oracle's names, as SQL literals. */
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
