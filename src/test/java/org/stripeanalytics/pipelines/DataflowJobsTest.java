package org.stripeanalytics.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import org.apache.beam.runners.dataflow.util.DataflowTemplateJob;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.warehouse.RunningJob;

class DataflowJobsTest {

  @Test
  void theLauncherOfAFlexTemplateStartsTheJobThatItsFileIsNamedAfter() {
    assertThat(
        DataflowJobs.started(
            new DataflowTemplateJob(),
            options(
                "--region=europe-west1",
                "--templateLocation=gs://a-bucket/staging/template_launches/2026-01-01_04_00-17/job_object")),
        is(Optional.of(new RunningJob("europe-west1", "2026-01-01_04_00-17"))));
  }

  @Test
  void whatRunsInThisProcessIsNoJobThatGoesOn() {
    assertThat(DataflowJobs.started(new Running(), options()), is(Optional.empty()));
  }

  private static TransformOptions options(String... args) {
    return CommandLine.parse(TransformOptions.class, List.of(args));
  }

  /** As an embedded Flink answers. */
  private static final class Running implements PipelineResult {
    @Override
    public State getState() {
      return State.RUNNING;
    }

    @Override
    public State cancel() {
      return State.CANCELLED;
    }

    @Override
    public State waitUntilFinish(Duration duration) {
      return State.RUNNING;
    }

    @Override
    public State waitUntilFinish() {
      return State.DONE;
    }

    @Override
    public MetricResults metrics() {
      throw new UnsupportedOperationException();
    }
  }
}
