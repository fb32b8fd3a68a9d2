package org.stripeanalytics.pipelines;

import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Duration;

/** A pipeline that was built and not run, so that one can look at it. */
record BuiltPipeline(Pipeline pipeline) implements PipelineResult {

  /** The runner of {@code --dryRun}: it runs nothing. Beam makes it from its class. */
  public static final class Runner extends PipelineRunner<PipelineResult> {
    public static Runner fromOptions(PipelineOptions options) {
      return new Runner();
    }

    @Override
    public PipelineResult run(Pipeline pipeline) {
      return new BuiltPipeline(pipeline);
    }
  }

  @Override
  public State getState() {
    return State.DONE;
  }

  @Override
  public State cancel() throws IOException {
    return State.DONE;
  }

  @Override
  public State waitUntilFinish(Duration duration) {
    return State.DONE;
  }

  @Override
  public State waitUntilFinish() {
    return State.DONE;
  }

  @Override
  public MetricResults metrics() {
    throw new UnsupportedOperationException("nothing was run");
  }
}
