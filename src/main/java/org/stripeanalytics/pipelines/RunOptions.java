package org.stripeanalytics.pipelines;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.RunId;

/**
 * What names a run: the only options that know the clock. A launcher that starts several pipelines
 * as one run, or repeats one, sets both; otherwise {@link #identify} does.
 */
public interface RunOptions extends LineageOptions {
  @TemplateParameter(
      label = "Run id",
      group = TemplateParameter.Group.RUN,
      regex = RunId.REGEX,
      example = "nightly-20260201")
  @Description(
      "Names this run in _run_id and in the run log: up to 64 letters, digits, - and _."
          + " Default: the time of the start.")
  @Nullable String getRunId();

  void setRunId(@Nullable String value);

  @TemplateParameter(
      label = "Time of ingestion",
      group = TemplateParameter.Group.RUN,
      regex = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$",
      example = "2026-02-01T02:00:00Z")
  @Description(
      "Stamped on every row as _ingested_at, as in 2026-01-31T02:00:00Z."
          + " Default: the time of the start.")
  @Nullable String getIngestedAt();

  void setIngestedAt(@Nullable String value);

  @TemplateParameter(label = "Dry run", group = TemplateParameter.Group.RUN, example = "true")
  @Description(
      "Builds the pipeline, prints which tables it would read and write, with their partitions and"
          + " rows, and stops.")
  boolean getDryRun();

  void setDryRun(boolean value);

  /** Fills in what was not given. */
  static void identify(RunOptions options, Clock clock) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (options.getIngestedAt() == null) {
      options.setIngestedAt(now.toString());
    }
    if (options.getRunId() == null) {
      options.setRunId(
          DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC).format(now));
    }
  }

  static Instant ingestedAt(RunOptions options) {
    return Instant.parse(options.getIngestedAt());
  }

  /** The run's only clock: it stands still, at the time that is stamped on the rows. */
  static Clock clock(RunOptions options) {
    return Clock.fixed(ingestedAt(options), ZoneOffset.UTC);
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(RunOptions options, List<String> faults) {
    LineageOptions.check(options, faults);
    if (options.getRunId() != null && !RunId.isValid(options.getRunId())) {
      faults.add(
          "--runId="
              + options.getRunId()
              + " is not a valid run id; use 1 to 64 letters, digits, \"-\" or \"_\"");
    }
    if (options.getIngestedAt() != null) {
      try {
        Instant.parse(options.getIngestedAt());
      } catch (DateTimeParseException e) {
        faults.add(
            "--ingestedAt="
                + options.getIngestedAt()
                + " is no time; allowed is a UTC time as in 2026-01-31T02:00:00Z");
      }
    }
  }
}
