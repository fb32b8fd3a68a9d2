package org.stripeanalytics.pipelines;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** Options of {@code run-local}: those of every pipeline it runs, and where the report goes. */
public interface RunLocalOptions
    extends SynthesizeOptions, TransformOptions, PredictOptions, CheckOptions {
  String DEFAULT_REPORT = "report";

  @Description("Directory in which the dashboard and the catalogue are written as index.html.")
  @Default.String(DEFAULT_REPORT)
  String getReport();

  void setReport(String value);

  @Description(
      "Goes on after a failure with the task that failed, with the options of the run that failed.")
  boolean getResume();

  void setResume(boolean value);

  @Description(
      "Tasks of a backfill, which --from or --to asks for, that run at the same time where the"
          + " manifests allow it.")
  @Default.Integer(2)
  int getParallelTasks();

  void setParallelTasks(int value);

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(RunLocalOptions options, List<String> faults) {
    int before = faults.size();
    SynthesizeOptions.check(options, faults);
    if (options.getOutput() != null) {
      faults.add(
          "--output=%s writes files instead of tables; scripts/synthesize does that"
              .formatted(options.getOutput()));
    }
    if (options.getParallelTasks() < 1) {
      faults.add(
          "--parallelTasks="
              + options.getParallelTasks()
              + " is out of range; allowed are 1 and more");
    }
    if (faults.size() == before) {
      TransformOptions.check(options, faults);
    }
  }
}
