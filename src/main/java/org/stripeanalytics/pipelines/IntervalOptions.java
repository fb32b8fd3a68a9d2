package org.stripeanalytics.pipelines;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.stripeanalytics.model.DataInterval;

/** The days a run reads, computes and owns. */
public interface IntervalOptions extends PipelineOptions {
  @TemplateParameter(
      label = "First day",
      group = TemplateParameter.Group.DATA,
      regex = Dates.REGEX,
      example = "2024-01-01")
  @Description(
      "First day of the data interval. Default: that of the simulated history, as in 2021-01-01.")
  @Default.InstanceFactory(FromStart.class)
  String getFrom();

  void setFrom(String value);

  @TemplateParameter(
      label = "First day after the interval",
      group = TemplateParameter.Group.DATA,
      regex = Dates.REGEX,
      example = "2024-03-01")
  @Description(
      "First day after the data interval. Default: the end of the simulated history, as in"
          + " 2026-01-01.")
  @Default.InstanceFactory(ToEnd.class)
  String getTo();

  void setTo(String value);

  static DataInterval interval(IntervalOptions options) {
    return DataInterval.of(LocalDate.parse(options.getFrom()), LocalDate.parse(options.getTo()));
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(IntervalOptions options, List<String> faults) {
    Optional<LocalDate> from = Dates.check("from", options.getFrom(), faults);
    Optional<LocalDate> to = Dates.check("to", options.getTo(), faults);
    if (from.isPresent() && to.isPresent()) {
      Dates.checkOrder("from", from.get(), "to", to.get(), faults);
    }
  }

  /** An interval is, unless said otherwise, the whole simulated history. */
  final class FromStart implements DefaultValueFactory<String> {
    @Override
    public String create(PipelineOptions options) {
      return OptionsView.of(options, HistoryOptions.class).getStart();
    }
  }

  /** An interval is, unless said otherwise, the whole simulated history. */
  final class ToEnd implements DefaultValueFactory<String> {
    @Override
    public String create(PipelineOptions options) {
      return OptionsView.of(options, HistoryOptions.class).getEnd();
    }
  }
}
