package org.stripeanalytics.pipelines;

import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.stripeanalytics.model.DataInterval;

/** The only present that logic knows. */
public interface AsOfOptions extends IntervalOptions {
  @TemplateParameter(
      label = "Present",
      group = TemplateParameter.Group.DATA,
      regex = Dates.REGEX,
      example = "2024-03-01")
  @Description(
      "The day whose start is the present: what was not known then is left out. Default: --to.")
  @Default.InstanceFactory(AsOfTo.class)
  String getAsOf();

  void setAsOf(String value);

  static LocalDate asOf(AsOfOptions options) {
    return LocalDate.parse(options.getAsOf());
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(AsOfOptions options, List<String> faults) {
    int before = faults.size();
    IntervalOptions.check(options, faults);
    // By default it is --to, whose fault would only be said twice.
    if (faults.size() == before) {
      checkAsOf(options, faults);
    }
  }

  private static void checkAsOf(AsOfOptions options, List<String> faults) {
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
      return OptionsView.of(options, IntervalOptions.class).getTo();
    }
  }
}
