package org.stripeanalytics.pipelines;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.terms.MetricPolicies.ChurnAt;
import org.stripeanalytics.fold.terms.MetricPolicies.MrrDiscounts;

/**
 * The choices on which the field's definitions of the metrics disagree. A warehouse holds the
 * figures of one set of choices: after changing one, transform its whole history again.
 */
public interface PolicyOptions extends WarehouseOptions, CurrencyOptions, MarginOptions {
  ImmutableMap<String, MrrDiscounts> MRR_DISCOUNTS =
      ImmutableMap.of(
          "forever",
          MrrDiscounts.FOREVER,
          "list",
          MrrDiscounts.LIST,
          "billed",
          MrrDiscounts.BILLED);
  ImmutableMap<String, ChurnAt> CHURN_AT =
      ImmutableMap.of("ended_at", ChurnAt.ENDED_AT, "canceled_at", ChurnAt.CANCELED_AT);

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
        .setMrrDiscounts(MRR_DISCOUNTS.get(options.getMrrDiscounts()))
        .setChurnAt(CHURN_AT.get(options.getChurnAt()))
        .setIncludePastDue(options.getIncludePastDue())
        .setGrossMargin(new BigDecimal(options.getGrossMargin()))
        .setReportingZone(WarehouseOptions.reportingZone(options))
        .setReportingCurrency(options.getReportingCurrency())
        .build();
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(PolicyOptions options, List<String> faults) {
    WarehouseOptions.check(options, faults);
    checkOneOf("mrrDiscounts", options.getMrrDiscounts(), MRR_DISCOUNTS, faults);
    checkOneOf("churnAt", options.getChurnAt(), CHURN_AT, faults);
    MarginOptions.check(options, faults);
    CurrencyOptions.check(options, faults);
  }

  private static void checkOneOf(
      String name, String value, Map<String, ?> allowed, List<String> faults) {
    if (!allowed.containsKey(value)) {
      faults.add(
          "--%s=%s is not known; allowed are %s"
              .formatted(name, value, String.join(", ", allowed.keySet())));
    }
  }
}
