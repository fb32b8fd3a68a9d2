package org.stripeanalytics.pipelines.local;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * Brings a warehouse and its report up to what has landed: {@code ingest} of the files that are
 * new, {@code transform} of the months from the first that has changed, and the report. Where it
 * stands it finds in the warehouse, so it may be broken off at any moment and goes on from there.
 *
 * @param warehouse the file
 * @param report directory of the page
 * @param ofIngest its options, without the input
 * @param ofTransform its options, without the interval
 */
record Freshening(
    Path warehouse,
    ImportedFiles files,
    Path report,
    LonePipeline ingest,
    List<String> ofIngest,
    LonePipeline transform,
    List<String> ofTransform) {

  /** Bounds what one tick takes; the next one goes on. */
  private static final int MOST_FILES = 5000;

  /**
   * Events that came after the last transform, which of a warehouse that has none are all. The
   * first day is that of the earliest, the second the last one that any transform reached.
   */
  private static final String PENDING =
      """
      WITH last AS (
        SELECT MAX(_ingested_at) AS at, MAX(interval_to) AS reached
        FROM ops.run_log WHERE pipeline = 'transform' AND outcome = 'succeeded'
      )
      SELECT COUNT(*), MIN(e._snapshot_date), MAX(e._snapshot_date), MAX(l.reached)
      FROM raw.events AS e CROSS JOIN last AS l
      WHERE l.at IS NULL OR e._ingested_at > l.at
      """;

  private static final String FIRST_DAY =
      """
      SELECT MIN(day) FROM (
        SELECT MIN(_snapshot_date) AS day FROM raw.events
        UNION ALL SELECT MIN(_snapshot_date) FROM raw.customers)
      """;

  /** Refuses options that ingest or transform would refuse, before anything is done. */
  void check() {
    ingest.check(with(ofIngest, "--input=*/nothing-landed-yet", "--allowEmptyInput"));
    transform.check(with(ofTransform, "--from=2021-01-01", "--to=2021-02-01"));
  }

  /** Does what there is to do, and says it in a line; what fails is done again with the next. */
  void tick(Terminal terminal, Clock clock) {
    try {
      freshen(clock).ifPresent(terminal::say);
    } catch (Exception e) {
      Optional<ExpectedFailure> expected = ExpectedFailure.of(e);
      if (expected.isPresent()) {
        terminal.say("skipped: " + expected.get().lines().get(0));
      } else {
        // The loop goes on; whoever reads this may not.
        terminal.failure(Throwables.getRootCause(e));
      }
    }
  }

  /** What was done, for people; empty if there was nothing to do. */
  Optional<String> freshen(Clock clock) throws IOException {
    long startedAt = System.nanoTime();
    ImmutableList<Path> waiting = files.waiting();
    ImmutableList<Path> now = ImmutableList.copyOf(Iterables.limit(waiting, MOST_FILES));
    if (!now.isEmpty()) {
      run(
          ingest,
          with(ofIngest, now.stream().map(file -> "--input=" + file).toArray(String[]::new)));
      files.add(now);
    }
    if (Files.notExists(warehouse)) {
      return Optional.empty();
    }
    DuckDbWarehouse written = DuckDbWarehouse.openReadOnly(warehouse);
    Optional<Pending> pending = pending(written);
    if (pending.isEmpty()) {
      return now.isEmpty()
          ? Optional.empty()
          : Optional.of("%d files ingested, and nothing in them is new".formatted(now.size()));
    }
    DataInterval days = pending.get().days();
    run(transform, with(ofTransform, "--from=" + days.from(), "--to=" + days.to()));
    WriteReport.write(written, report, clock.instant());
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s %d files ingested, %,d events new; %s to %s transformed; report written: %.1f s%s",
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            now.size(),
            pending.get().events(),
            days.from(),
            days.to().minusDays(1),
            (System.nanoTime() - startedAt) / 1e9,
            waiting.size() > now.size()
                ? "; %,d files wait".formatted(waiting.size() - now.size())
                : ""));
  }

  /** What the marts do not show yet. */
  private record Pending(long events, DataInterval days) {}

  private static Optional<Pending> pending(Warehouse warehouse) {
    List<Object> row = warehouse.query(PENDING).rows().get(0);
    long events = (Long) row.get(0);
    if (events == 0) {
      return Optional.empty();
    }
    LocalDate first = day(row.get(1));
    LocalDate last = day(row.get(2));
    return Optional.of(new Pending(events, days(first, last, reached(row.get(3)), warehouse)));
  }

  /**
   * From the month of the first change or, if that is earlier, the month that was not over when it
   * was transformed; to the day after the newest event that anybody has seen.
   */
  private static DataInterval days(
      LocalDate first, LocalDate last, @Nullable LocalDate reached, Warehouse warehouse) {
    LocalDate from = first;
    LocalDate to = last.plusDays(1);
    if (reached == null) {
      from = day(warehouse.query(FIRST_DAY).value());
    } else {
      from = reached.isBefore(from) ? reached : from;
      to = reached.isAfter(to) ? reached : to;
    }
    return DataInterval.of(from.withDayOfMonth(1), to);
  }

  private static @Nullable LocalDate reached(@Nullable Object value) {
    return value == null ? null : day(value);
  }

  private static LocalDate day(Object value) {
    return LocalDate.parse(value.toString());
  }

  private static void run(LonePipeline pipeline, List<String> args) {
    int status = pipeline.run(args);
    if (status != ExitStatus.DONE) {
      throw new IllegalStateException("a pipeline ended with status " + status);
    }
  }

  private static List<String> with(List<String> options, String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return all;
  }
}
