package org.stripeanalytics.pipelines.local;

import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.direct.DirectRunner.DirectPipelineResult;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * DirectRunner with few, large bundles. By itself it does all that follows a grouping in a bundle
 * per key, and for each bundle it translates the step, its function and its coders into a proto
 * again: a transform of 30 customers is more than 600,000 bundles. Here the graph is rewritten
 * before it runs, so that a grouping is by {@link GroupInBuckets buckets of keys}, and the same
 * transform is 650 bundles. What it computes stays as it is, and so do its steps on other runners.
 */
public final class BucketingDirectRunner extends PipelineRunner<DirectPipelineResult> {
  private final DirectOptions options;

  private BucketingDirectRunner(DirectOptions options) {
    this.options = options;
  }

  /** As Beam makes a runner. */
  public static BucketingDirectRunner fromOptions(PipelineOptions options) {
    return new BucketingDirectRunner(options.as(DirectOptions.class));
  }

  @Override
  public DirectPipelineResult run(Pipeline pipeline) {
    // A bucket for each bundle that can be worked on at once.
    pipeline.replaceAll(GroupInBuckets.insteadOfKeys(options.getTargetParallelism()));
    return DirectRunner.fromOptions(options).run(pipeline);
  }
}
