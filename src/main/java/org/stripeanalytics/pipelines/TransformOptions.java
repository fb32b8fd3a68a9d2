package org.stripeanalytics.pipelines;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.stripeanalytics.intermediate.MetricPolicies;
import org.stripeanalytics.model.DataInterval;

/** Options of {@link Transform}. */
public interface TransformOptions extends AsOfOptions, PolicyOptions, RunOptions {
  @TemplateParameter(
      label = "Live mode",
      group = TemplateParameter.Group.DEFINITIONS,
      example = "true")
  @Description("Whether live objects are looked at; false for test-mode ones.")
  @Default.Boolean(true)
  boolean getLivemode();

  void setLivemode(boolean value);

  @TemplateParameter(
      label = "Month in which the fiscal year begins",
      group = TemplateParameter.Group.DEFINITIONS,
      regex = "^([1-9]|1[0-2])$",
      example = "4")
  @Description("The month in which the fiscal year of dim_date begins, 1 to 12.")
  @Default.Integer(1)
  int getFiscalYearStart();

  void setFiscalYearStart(int value);

  @TemplateParameter(
      label = "Layers to keep",
      group = TemplateParameter.Group.RUN,
      allowed = {"", "staging"},
      example = "staging")
  @Description("Layers that are only kept in memory unless named here: staging, or nothing.")
  @Default.String("")
  String getPersist();

  void setPersist(String value);

  /** What {@code --persist} may name. */
  String STAGING = "staging";

  /** The days to fold: whole months, because that is how state is kept. */
  static DataInterval folded(TransformOptions options) {
    return DataInterval.of(
        IntervalOptions.interval(options).from().withDayOfMonth(1), AsOfOptions.asOf(options));
  }

  static MetricPolicies policies(TransformOptions options) {
    return PolicyOptions.policies(options).toBuilder().setLivemode(options.getLivemode()).build();
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(TransformOptions options, List<String> faults) {
    PolicyOptions.check(options, faults);
    RunOptions.check(options, faults);
    if (options.getFiscalYearStart() < 1 || options.getFiscalYearStart() > 12) {
      faults.add(
          "--fiscalYearStart="
              + options.getFiscalYearStart()
              + " is no month; allowed are 1 to 12");
    }
    if (!options.getPersist().isEmpty() && !options.getPersist().equals(STAGING)) {
      faults.add("--persist=" + options.getPersist() + " is no such layer; allowed is " + STAGING);
    }
    AsOfOptions.check(options, faults);
  }
}
