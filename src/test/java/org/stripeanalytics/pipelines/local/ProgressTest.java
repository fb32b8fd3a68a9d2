package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void aLineTellsStageTimeRowsAndTheirRate() {
    assertThat(
        Progress.line("[1/2] synthesize", Duration.ofMillis(12_500), 0, 1_250_000),
        is("[1/2] synthesize   12.5 s  1,250,000 rows written  100,000 rows/s"));
  }

  @Test
  void rowsReadAreToldWhereThereAreAny() {
    assertThat(
        Progress.line("[2/2] transform", Duration.ofSeconds(10), 900_000, 100_000),
        is("[2/2] transform    10.0 s  900,000 rows read  100,000 rows written  100,000 rows/s"));
  }
}
