package org.stripeanalytics.oracle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.pipelines.local.SynthesisedAccounts;

/** Two independent computations of every mart, over five years of 2,000 signups of three seeds. */
class SynthesisedAccountsAgreeTest {
  static Stream<Integer> seeds() {
    return SynthesisedAccounts.SEEDS.stream();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void thePipelineAndTheOracleGiveTheSameCells(int seed) {
    try (OracleComparison comparison =
        OracleComparison.of(
            SynthesisedAccounts.ofSeed(seed).path(), LocalDate.parse("2026-01-01"), Map.of())) {
      assertThat(String.join("\n", comparison.differences()), is(""));
    }
  }
}
