package org.stripeanalytics.pipelines;

import static java.util.Locale.ROOT;

import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.terms.MetricPolicies.ChurnAt;
import org.stripeanalytics.fold.terms.MetricPolicies.MrrDiscounts;
import org.stripeanalytics.fold.terms.ReportingFrame;

/**
 * The choices on which the field's definitions of the metrics disagree. A warehouse holds the
 * figures of one set of choices: after changing one, transform its whole history again.
 */
public interface PolicyOptions extends WarehouseOptions, CurrencyOptions, MarginOptions {
  @TemplateParameter(
      label = "Discounts in MRR",
      group = TemplateParameter.Group.DEFINITIONS,
      allowed = {"forever", "billed", "list"},
      example = "billed")
  @Description(
      "Which discounts reduce MRR: forever (those without an end), billed (those and the repeating"
          + " ones) or list (none).")
  @Default.String("forever")
  String getMrrDiscounts();

  void setMrrDiscounts(String value);

  @TemplateParameter(
      label = "Time of churn",
      group = TemplateParameter.Group.DEFINITIONS,
      allowed = {"ended_at", "canceled_at"},
      example = "canceled_at")
  @Description(
      "When a customer who asked to leave has left: ended_at (when the subscription ends) or"
          + " canceled_at (when it was asked for).")
  @Default.String("ended_at")
  String getChurnAt();

  void setChurnAt(String value);

  @TemplateParameter(
      label = "Past-due subscriptions in MRR",
      group = TemplateParameter.Group.DEFINITIONS,
      example = "false")
  @Description("Whether past-due subscriptions count towards MRR.")
  @Default.Boolean(true)
  boolean getIncludePastDue();

  void setIncludePastDue(boolean value);

  static MetricPolicies policies(PolicyOptions options) {
    return MetricPolicies.defaults().toBuilder()
        .setMrrDiscounts(MrrDiscounts.valueOf(options.getMrrDiscounts().toUpperCase(ROOT)))
        .setChurnAt(ChurnAt.valueOf(options.getChurnAt().toUpperCase(ROOT)))
        .setIncludePastDue(options.getIncludePastDue())
        .setGrossMargin(new BigDecimal(options.getGrossMargin()))
        .setFrame(
            ReportingFrame.defaults()
                .withZone(WarehouseOptions.reportingZone(options))
                .withCurrency(options.getReportingCurrency()))
        .build();
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(PolicyOptions options, List<String> faults) {
    WarehouseOptions.check(options, faults);
    MarginOptions.check(options, faults);
    CurrencyOptions.check(options, faults);
  }
}
