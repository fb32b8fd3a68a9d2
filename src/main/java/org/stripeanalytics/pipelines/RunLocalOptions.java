package org.stripeanalytics.pipelines;

import java.util.List;

/** Options of {@code run-local}: those of every pipeline it runs. */
public interface RunLocalOptions extends SynthesizeOptions, TransformOptions {

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(RunLocalOptions options, List<String> faults) {
    int before = faults.size();
    SynthesizeOptions.check(options, faults);
    if (options.getOutput() != null) {
      faults.add(
          "--output=%s writes files instead of tables; scripts/synthesize does that"
              .formatted(options.getOutput()));
    }
    if (faults.size() == before) {
      TransformOptions.check(options, faults);
    }
  }
}
