package org.stripeanalytics.pipelines;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** Options of the pipeline {@code synthesize}. */
public interface SynthesizeOptions
    extends HistoryOptions, IntervalOptions, WarehouseOptions, RunOptions {
  int MOST_CUSTOMERS = 100_000_000;

  @Description(
      "Customers who sign up in the five years from --start. An earlier --end shows fewer of them.")
  @Default.Integer(10_000)
  int getCustomers();

  void setCustomers(int value);

  @Description("The same seed gives the same account, row for row.")
  @Default.Long(1)
  long getSeed();

  void setSeed(long value);

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(SynthesizeOptions options, List<String> faults) {
    WarehouseOptions.check(options, faults);
    RunOptions.check(options, faults);
    List<String> history = new ArrayList<>();
    HistoryOptions.check(options, history);
    faults.addAll(history);
    // By default the interval is the history, so its faults would only be said twice.
    if (history.isEmpty()) {
      IntervalOptions.check(options, faults);
    }
    if (options.getCustomers() < 1 || options.getCustomers() > MOST_CUSTOMERS) {
      faults.add(
          "--customers=%d is out of range; allowed are 1 to %d"
              .formatted(options.getCustomers(), MOST_CUSTOMERS));
    }
  }
}
