package org.stripeanalytics.pipelines;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.stripeanalytics.fold.terms.MetricPolicies;
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
      label = "Days for which a customer is new",
      group = TemplateParameter.Group.DEFINITIONS,
      regex = "^[1-9][0-9]{0,2}$",
      example = "14")
  @Description("How many days from its first MRR a customer is in the stage new, 1 to 365.")
  @Default.Integer(30)
  int getNewDays();

  void setNewDays(int value);

  @TemplateParameter(
      label = "Days of onboarding",
      group = TemplateParameter.Group.DEFINITIONS,
      regex = "^[1-9][0-9]{0,2}$",
      example = "60")
  @Description(
      "How many days from its first MRR a customer is in the stage onboarding, if it is not new any"
          + " more, 1 to 365.")
  @Default.Integer(90)
  int getOnboardingDays();

  void setOnboardingDays(int value);

  @TemplateParameter(
      label = "Months that make a champion",
      group = TemplateParameter.Group.DEFINITIONS,
      regex = "^([1-9]|1[0-2])$",
      example = "6")
  @Description(
      "How many month ends with MRR, none with less than the one before, make a customer a"
          + " champion, 1 to 12.")
  @Default.Integer(12)
  int getChampionMonths();

  void setChampionMonths(int value);

  @TemplateParameter(
      label = "Mode",
      group = TemplateParameter.Group.DATA,
      allowed = {TransformOptions.ALL, TransformOptions.OPEN},
      example = "open")
  @Description(
      "What is published: all tables, or, as open, what belongs to the month that is not over: its"
          + " rows of facts and dimensions, the days of mrr_daily and revenue_daily, and the live"
          + " marts. Marts of months, benchmarks and anomalies stay as the last run in mode all has"
          + " left them. Where the interval is not within one month that is not over, it is all.")
  @Default.String(ALL)
  String getMode();

  void setMode(String value);

  String ALL = "all";
  String OPEN = "open";

  int MOST_DAYS = 365;

  /** As many as the fold remembers. */
  int MOST_MONTHS = 12;

  /** The days to fold: whole months, because that is how state is kept. */
  static DataInterval folded(TransformOptions options) {
    return DataInterval.of(
        IntervalOptions.interval(options).from().withDayOfMonth(1), AsOfOptions.asOf(options));
  }

  /** Whether only what belongs to the open month is published. */
  static boolean isOpen(TransformOptions options) {
    DataInterval folded = folded(options);
    return options.getMode().equals(OPEN) && folded.to().isBefore(folded.from().plusMonths(1));
  }

  static MetricPolicies policies(TransformOptions options) {
    MetricPolicies policies = PolicyOptions.policies(options);
    return policies.toBuilder()
        .setFrame(policies.frame().withLivemode(options.getLivemode()))
        .setNewDays(options.getNewDays())
        .setOnboardingDays(options.getOnboardingDays())
        .setChampionMonths(options.getChampionMonths())
        .build();
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
    checkRange("newDays", options.getNewDays(), MOST_DAYS, faults);
    checkRange("onboardingDays", options.getOnboardingDays(), MOST_DAYS, faults);
    if (options.getNewDays() >= options.getOnboardingDays()) {
      faults.add(
          "--newDays=%d is not below --onboardingDays=%d, in which it is contained"
              .formatted(options.getNewDays(), options.getOnboardingDays()));
    }
    checkRange("championMonths", options.getChampionMonths(), MOST_MONTHS, faults);
    AsOfOptions.check(options, faults);
  }

  private static void checkRange(String name, int value, int most, List<String> faults) {
    if (value < 1 || value > most) {
      faults.add("--%s=%d is out of range; allowed are 1 to %d".formatted(name, value, most));
    }
  }
}
