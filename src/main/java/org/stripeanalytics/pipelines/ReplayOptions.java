package org.stripeanalytics.pipelines;

import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.RunId;

/** Options of {@link Replay}. */
public interface ReplayOptions extends IngestionOptions {
  @TemplateParameter(
      label = "Run to replay",
      group = TemplateParameter.Group.DATA,
      regex = "^[A-Za-z0-9_-]{1,64}$",
      example = "nightly-20260131",
      required = true)
  @Description("The run whose rejected records are ingested again: run_id in ops.rejected_records.")
  @Nullable String getRun();

  void setRun(@Nullable String value);

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(ReplayOptions options, List<String> faults) {
    IngestionOptions.check(options, faults);
    if (options.getRun() == null) {
      faults.add("--run is missing; give a run_id of ops.rejected_records");
    } else if (!RunId.isValid(options.getRun())) {
      faults.add(
          "--run="
              + options.getRun()
              + " is not a valid run id; use 1 to 64 letters, digits, \"-\" or \"_\"");
    } else if (options.getRun().equals(options.getRunId())) {
      faults.add("--runId=" + options.getRunId() + " is the run to replay; give it another name");
    }
  }
}
