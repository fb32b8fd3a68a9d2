package org.stripeanalytics.pipelines;

import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Options seen through another of their interfaces. Beam's own {@code as} checks all methods of all
 * interfaces that were asked for so far, once more for each that is added: that took a third of the
 * time of a small run, and options of a command line have most interfaces from the start.
 */
public final class OptionsView {

  public static <O extends PipelineOptions> O of(PipelineOptions options, Class<O> type) {
    return type.isInstance(options) ? type.cast(options) : options.as(type);
  }

  private OptionsView() {}
}
