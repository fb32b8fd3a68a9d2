package org.stripeanalytics.pipelines;

import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What ingesting has in common, whether from files or of rejected records. */
public interface IngestionOptions extends WarehouseOptions, RunOptions {
  @TemplateParameter(
      label = "Day of the extract",
      group = TemplateParameter.Group.DATA,
      regex = Dates.REGEX,
      example = "2026-01-31")
  @Description(
      "The day at whose end plain objects are in the state that was exported, as in 2026-01-31."
          + " Needed for objects that are no events.")
  @Nullable String getExtractedOn();

  void setExtractedOn(@Nullable String value);

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

  /** The day, if one was given. */
  static @Nullable LocalDate extractedOn(IngestionOptions options) {
    return options.getExtractedOn() == null ? null : LocalDate.parse(options.getExtractedOn());
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(IngestionOptions options, List<String> faults) {
    WarehouseOptions.check(options, faults);
    RunOptions.check(options, faults);
    if (options.getExtractedOn() != null) {
      Dates.check("extractedOn", options.getExtractedOn(), faults);
    }
    double most = options.getMaxRejectedFraction();
    if (!(most >= 0 && most <= 1)) {
      faults.add(
          "--maxRejectedFraction=" + most + " is out of range; allowed are numbers from 0 to 1");
    }
  }
}
