package org.stripeanalytics.pipelines;

import com.google.common.collect.ImmutableList;

/** Every pipeline of this jar. A test holds this list against the manifests in pipelines/. */
public final class Pipelines {
  private static final ImmutableList<PipelineMain<?>> ALL =
      ImmutableList.of(Synthesize.PIPELINE, Transform.PIPELINE);

  /** All of them, by name. */
  public static ImmutableList<PipelineMain<?>> all() {
    return ALL;
  }

  private Pipelines() {}
}
