package org.stripeanalytics.pipelines;

import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.stripeanalytics.acquisition.JourneyRules;

/** Options of {@link Connect}. */
public interface ConnectOptions extends AsOfOptions, WarehouseOptions, CurrencyOptions, RunOptions {
  int MOST_LOOKBACK_DAYS = 3_650;

  @TemplateParameter(
      label = "Look-back of attribution",
      group = TemplateParameter.Group.DEFINITIONS,
      regex = "^[1-9][0-9]{0,3}$",
      example = "30")
  @Description("For how many days before a conversion visits count, 1 to 3650.")
  @Default.Integer(90)
  int getLookbackDays();

  void setLookbackDays(int value);

  @TemplateParameter(
      label = "Credit for direct visits",
      group = TemplateParameter.Group.DEFINITIONS,
      example = "true")
  @Description(
      "Whether direct visits take credit for a conversion beside others. Alone they always do.")
  boolean getDirectCredit();

  void setDirectCredit(boolean value);

  /** What belongs to a conversion. */
  static JourneyRules rules(ConnectOptions options) {
    return new JourneyRules(
        options.getLookbackDays(),
        options.getDirectCredit(),
        WarehouseOptions.reportingZone(options),
        end(options));
  }

  /** The start of the day that is the present. */
  private static Instant end(ConnectOptions options) {
    return AsOfOptions.asOf(options)
        .atStartOfDay(WarehouseOptions.reportingZone(options))
        .toInstant();
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(ConnectOptions options, List<String> faults) {
    WarehouseOptions.check(options, faults);
    CurrencyOptions.check(options, faults);
    RunOptions.check(options, faults);
    AsOfOptions.check(options, faults);
    int days = options.getLookbackDays();
    if (days < 1 || days > MOST_LOOKBACK_DAYS) {
      faults.add("--lookbackDays=%d is out of range; allowed are 1 to 3650".formatted(days));
    }
  }
}
