package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;

class FlinkSettingsTest {

  @Test
  void flinkReadsThatEveryStepHasAllItsThreads() {
    assertThat(
        GlobalConfiguration.loadConfiguration(FlinkSettings.directory())
            .get(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED),
        is(false));
  }
}
