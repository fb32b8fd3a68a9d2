package org.stripeanalytics.pipelines;

import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.stripeanalytics.acquisition.JourneyRules;

/** Options of {@link Connect}. */
public interface ConnectOptions
    extends AsOfOptions, WarehouseOptions, CurrencyOptions, MarginOptions, RunOptions {
  int MOST_LOOKBACK_DAYS = 3_650;
  int MOST_DAYS_TO_PAYMENT = 365;
  int MOST_RESPONSE_HOURS = 720;

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

  @TemplateParameter(
      label = "Days from a won deal to its payment",
      group = TemplateParameter.Group.DEFINITIONS,
      regex = "^[1-9][0-9]{0,2}$",
      example = "60")
  @Description("Within how many days after a deal was won a first payment counts for it, 1 to 365.")
  @Default.Integer(30)
  int getPaidWithinDays();

  void setPaidWithinDays(int value);

  @TemplateParameter(
      label = "Hours after which a first response is bad",
      group = TemplateParameter.Group.DEFINITIONS,
      regex = "^[1-9][0-9]{0,2}$",
      example = "48")
  @Description(
      "A first response after more hours than this makes a ticket a bad one, even if nobody rated it"
          + " so, 1 to 720. A ticket that waits for its answer is not a bad one yet.")
  @Default.Integer(24)
  int getSlowResponseHours();

  void setSlowResponseHours(int value);

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
    MarginOptions.check(options, faults);
    RunOptions.check(options, faults);
    AsOfOptions.check(options, faults);
    check("lookbackDays", options.getLookbackDays(), MOST_LOOKBACK_DAYS, faults);
    check("paidWithinDays", options.getPaidWithinDays(), MOST_DAYS_TO_PAYMENT, faults);
    check("slowResponseHours", options.getSlowResponseHours(), MOST_RESPONSE_HOURS, faults);
  }

  private static void check(String option, int value, int most, List<String> faults) {
    if (value < 1 || value > most) {
      faults.add("--%s=%d is out of range; allowed are 1 to %d".formatted(option, value, most));
    }
  }
}
