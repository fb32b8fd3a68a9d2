package org.stripeanalytics.pipelines.local.memory;

import com.google.common.collect.ImmutableList;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.runners.PipelineRunnerRegistrar;

/** How {@code --runner=InMemoryRunner} is understood; Java's ServiceLoader finds it. */
public final class InMemoryRunnerRegistrar implements PipelineRunnerRegistrar {
  @Override
  public ImmutableList<Class<? extends PipelineRunner<?>>> getPipelineRunners() {
    return ImmutableList.of(InMemoryRunner.class);
  }
}
