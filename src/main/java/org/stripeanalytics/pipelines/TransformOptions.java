package org.stripeanalytics.pipelines;

import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.stripeanalytics.intermediate.MetricPolicies;
import org.stripeanalytics.model.DataInterval;

/** Options of {@link Transform}. */
public interface TransformOptions extends IntervalOptions, WarehouseOptions, RunOptions {
  @Description(
      "The day whose start is the present: what was not known then is left out. Default: --to.")
  @Default.InstanceFactory(AsOfTo.class)
  String getAsOf();

  void setAsOf(String value);

  @Description("Whether live objects are looked at; false for test-mode ones.")
  @Default.Boolean(true)
  boolean getLivemode();

  void setLivemode(boolean value);

  @Description("The month in which the fiscal year of dim_date begins, 1 to 12.")
  @Default.Integer(1)
  int getFiscalYearStart();

  void setFiscalYearStart(int value);

  @Description("Layers that are only kept in memory unless named here: staging, or nothing.")
  @Default.String("")
  String getPersist();

  void setPersist(String value);

  /** What {@code --persist} may name. */
  String STAGING = "staging";

  /** The days to fold: whole months, because that is how state is kept. */
  static DataInterval folded(TransformOptions options) {
    return DataInterval.of(
        IntervalOptions.interval(options).from().withDayOfMonth(1), asOf(options));
  }

  static MetricPolicies policies(TransformOptions options) {
    return MetricPolicies.defaults().toBuilder()
        .setReportingZone(WarehouseOptions.reportingZone(options))
        .setLivemode(options.getLivemode())
        .build();
  }

  static LocalDate asOf(TransformOptions options) {
    return LocalDate.parse(options.getAsOf());
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(TransformOptions options, List<String> faults) {
    WarehouseOptions.check(options, faults);
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
    int before = faults.size();
    IntervalOptions.check(options, faults);
    // By default it is --to, whose fault would only be said twice.
    if (faults.size() == before) {
      checkAsOf(options, faults);
    }
  }

  private static void checkAsOf(TransformOptions options, List<String> faults) {
    DataInterval interval = IntervalOptions.interval(options);
    Dates.check("asOf", options.getAsOf(), faults)
        .filter(asOf -> !asOf.isAfter(interval.from()) || asOf.isAfter(interval.to()))
        .ifPresent(
            asOf ->
                faults.add(
                    "--asOf=%s is outside the interval; allowed are the days after %s up to %s"
                        .formatted(asOf, interval.from(), interval.to())));
  }

  /** A run looks, unless said otherwise, from the end of its interval. */
  final class AsOfTo implements DefaultValueFactory<String> {
    @Override
    public String create(PipelineOptions options) {
      return options.as(IntervalOptions.class).getTo();
    }
  }
}
