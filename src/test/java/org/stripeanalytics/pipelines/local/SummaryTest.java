package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Layer;

class SummaryTest {

  @Test
  void itSaysHowTheAccountStandsAndWhatTheRunDid() {
    Summary summary =
        summary(
            Optional.of(
                new Summary.Month(
                    LocalDate.of(2025, 12, 1),
                    4_000,
                    3_950,
                    100,
                    new BigDecimal("123456.785000000"),
                    new BigDecimal("1481481.42"))),
            Optional.of(
                new Summary.Outlook(
                    new BigDecimal("1234.5"),
                    "model",
                    Optional.of(new BigDecimal("0.694100000")))));

    assertThat(
        summary.render(),
        startsWith(
            """

            December 2025
              paying customers         3,950  of 10,000 who signed up
              MRR                 123,456.79  a month
              ARR               1,481,481.42  a year
              churn                    2.5 %  100 of the 4,000 who paid at its start
              at risk               1,234.50  of MRR expected to leave within a month, unannounced; by a model with an AUC of 0.69

            Rows
              raw    1,200,000
              marts         60

            Seconds by FlinkRunner
              synthesize  21.5
              transform    9.3
              all         31.0

            warehouse/stripe.duckdb  (123 MB)
            report/index.html  (dashboard and catalogue, for a browser)
            """));
  }

  @Test
  void withoutAFinishedMonthItSaysSo() {
    assertThat(
        summary(Optional.empty(), Optional.empty()).render(),
        containsString("No month has ended yet."));
  }

  private static Summary summary(Optional<Summary.Month> month, Optional<Summary.Outlook> outlook) {
    return new Summary(
        10_000,
        month,
        outlook,
        ImmutableMap.of(Layer.RAW, 1_200_000L, Layer.MARTS, 60L),
        "FlinkRunner",
        ImmutableMap.of(
            "synthesize", Duration.ofMillis(21_500), "transform", Duration.ofMillis(9_300)),
        Duration.ofMillis(31_000),
        "warehouse/stripe.duckdb  (123 MB)",
        Path.of("report/index.html"));
  }
}
