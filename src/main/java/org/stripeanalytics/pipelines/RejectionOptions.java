package org.stripeanalytics.pipelines;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** What a run may reject of what is delivered. */
public interface RejectionOptions extends WarehouseOptions, RunOptions {
  @TemplateParameter(
      label = "Rejected rows allowed",
      group = TemplateParameter.Group.RUN,
      regex = "^(0([.][0-9]+)?|1([.]0+)?)$",
      example = "0.05")
  @Description(
      "The part of its rows, from 0 to 1, above which a run fails. The good rows are published and"
          + " the rejected ones listed in any case.")
  @Default.Double(0.01)
  double getMaxRejectedFraction();

  void setMaxRejectedFraction(double value);

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(RejectionOptions options, List<String> faults) {
    WarehouseOptions.check(options, faults);
    RunOptions.check(options, faults);
    double most = options.getMaxRejectedFraction();
    if (!(most >= 0 && most <= 1)) {
      faults.add(
          "--maxRejectedFraction=" + most + " is out of range; allowed are numbers from 0 to 1");
    }
  }
}
