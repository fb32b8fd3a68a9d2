package org.stripeanalytics.pipelines;

import java.util.List;

/** Options of {@link Connect}. */
public interface ConnectOptions extends AsOfOptions, WarehouseOptions, RunOptions {

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(ConnectOptions options, List<String> faults) {
    WarehouseOptions.check(options, faults);
    RunOptions.check(options, faults);
    AsOfOptions.check(options, faults);
  }
}
