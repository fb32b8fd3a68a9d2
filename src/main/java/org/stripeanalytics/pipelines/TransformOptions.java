package org.stripeanalytics.pipelines;

import java.util.List;

/** Options of {@link Transform}. */
public interface TransformOptions extends AsOfOptions, PolicyOptions, RunOptions {

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(TransformOptions options, List<String> faults) {
    PolicyOptions.check(options, faults);
    RunOptions.check(options, faults);
    AsOfOptions.check(options, faults);
  }
}
