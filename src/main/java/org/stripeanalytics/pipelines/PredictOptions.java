package org.stripeanalytics.pipelines;

import java.util.List;

/** Options of {@link Predict}. */
public interface PredictOptions
    extends AsOfOptions, WarehouseOptions, CurrencyOptions, MarginOptions, RunOptions {

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(PredictOptions options, List<String> faults) {
    WarehouseOptions.check(options, faults);
    CurrencyOptions.check(options, faults);
    MarginOptions.check(options, faults);
    RunOptions.check(options, faults);
    AsOfOptions.check(options, faults);
  }
}
