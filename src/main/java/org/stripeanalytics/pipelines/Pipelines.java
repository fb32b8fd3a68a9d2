package org.stripeanalytics.pipelines;

import com.google.common.collect.ImmutableList;

/** Every pipeline of this jar. A test holds this list against the manifests in pipelines/. */
public final class Pipelines {
  private static final ImmutableList<PipelineMain<?>> ALL =
      ImmutableList.of(
          Ingest.PIPELINE,
          Collect.PIPELINE,
          Replay.PIPELINE,
          Synthesize.PIPELINE,
          Transform.PIPELINE,
          Predict.PIPELINE,
          Connect.PIPELINE,
          Check.PIPELINE);

  private static final ImmutableList<PipelineMain<?>> OF_SIMULATED_ACCOUNT =
      ImmutableList.of(
          Synthesize.PIPELINE,
          Transform.PIPELINE,
          Predict.PIPELINE,
          Connect.PIPELINE,
          Check.PIPELINE);

  /** All whose runs end, by name. */
  public static ImmutableList<PipelineMain<?>> all() {
    return ALL;
  }

  /** The one whose runs do not end. */
  public static PipelineMain<StreamOptions> stream() {
    return Stream.PIPELINE;
  }

  /** Those too whose runs do not. */
  public static ImmutableList<PipelineMain<?>> withEndless() {
    return ImmutableList.<PipelineMain<?>>builder().addAll(ALL).add(Stream.PIPELINE).build();
  }

  /**
   * The pipeline of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static PipelineMain<?> named(String name) {
    return ALL.stream()
        .filter(pipeline -> pipeline.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no pipeline " + name));
  }

  /** Those that fill a whole warehouse without anybody's data. */
  public static ImmutableList<PipelineMain<?>> ofSimulatedAccount() {
    return OF_SIMULATED_ACCOUNT;
  }

  private Pipelines() {}
}
