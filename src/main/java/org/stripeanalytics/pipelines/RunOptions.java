package org.stripeanalytics.pipelines;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What names a run: the only options that know the clock. A launcher that starts several pipelines
 * as one run, or repeats one, sets both; otherwise {@link #identify} does.
 */
public interface RunOptions extends LineageOptions {
  Pattern RUN_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  @Description(
      "Names this run in _run_id and in the run log: up to 64 letters, digits, - and _."
          + " Default: the time of the start.")
  @Nullable String getRunId();

  void setRunId(@Nullable String value);

  @Description(
      "Stamped on every row as _ingested_at, as in 2026-01-31T02:00:00Z."
          + " Default: the time of the start.")
  @Nullable String getIngestedAt();

  void setIngestedAt(@Nullable String value);

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
    if (options.getRunId() != null && !RUN_ID.matcher(options.getRunId()).matches()) {
      faults.add(
          "--runId="
              + options.getRunId()
              + " is no run id; allowed are 1 to 64 letters, digits, - and _");
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
