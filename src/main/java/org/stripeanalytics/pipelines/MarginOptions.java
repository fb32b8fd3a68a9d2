package org.stripeanalytics.pipelines;

import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What serving customers leaves of their revenue. */
public interface MarginOptions extends PipelineOptions {
  @TemplateParameter(
      label = "Gross margin",
      group = TemplateParameter.Group.DEFINITIONS,
      regex = "^(0[.][0-9]*[1-9][0-9]*|1([.]0+)?)$",
      example = "0.75")
  @Description("The share of revenue left after serving it, in lifetime value and payback.")
  @Default.String("0.80")
  String getGrossMargin();

  void setGrossMargin(String value);

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(MarginOptions options, List<String> faults) {
    if (!isShare(options.getGrossMargin())) {
      faults.add(
          "--grossMargin="
              + options.getGrossMargin()
              + " is not a share of revenue; use a number above 0 and at most 1, such as 0.80");
    }
  }

  private static boolean isShare(String text) {
    try {
      BigDecimal share = new BigDecimal(text);
      return share.signum() > 0 && share.compareTo(BigDecimal.ONE) <= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
