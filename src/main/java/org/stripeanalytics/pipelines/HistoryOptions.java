package org.stripeanalytics.pipelines;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The history of the account that is simulated. */
public interface HistoryOptions extends PipelineOptions {
  @TemplateParameter(
      label = "Start of the history",
      group = TemplateParameter.Group.ACCOUNT,
      regex = Dates.REGEX,
      example = "2024-01-01")
  @Description("First day of the history, as in 2021-01-01.")
  @Default.String("2021-01-01")
  String getStart();

  void setStart(String value);

  @TemplateParameter(
      label = "End of the history",
      group = TemplateParameter.Group.ACCOUNT,
      regex = Dates.REGEX,
      example = "2024-03-01")
  @Description("First day after the history. A later end adds to a history and changes none of it.")
  @Default.String("2026-01-01")
  String getEnd();

  void setEnd(String value);

  static LocalDate start(HistoryOptions options) {
    return LocalDate.parse(options.getStart());
  }

  static LocalDate end(HistoryOptions options) {
    return LocalDate.parse(options.getEnd());
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(HistoryOptions options, List<String> faults) {
    Optional<LocalDate> start = Dates.check("start", options.getStart(), faults);
    Optional<LocalDate> end = Dates.check("end", options.getEnd(), faults);
    if (start.isPresent() && end.isPresent()) {
      Dates.checkOrder("start", start.get(), "end", end.get(), faults);
    }
  }
}
