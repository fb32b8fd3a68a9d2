package org.stripeanalytics.pipelines.local;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.TransformOptions;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * Brings a warehouse and its report up to what has landed: {@code ingest} of the files that are
 * new, {@code transform} of the months from the first that has changed, and the report, in memory
 * where an account is small. As long as nothing but the open month has changed, the marts of months
 * are made anew every ten minutes at most. Where it stands it finds in the warehouse, so it may be
 * broken off at any moment and goes on from there.
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
          LocalEngine.withRunnerOfFiles(
              with(ofIngest, now.stream().map(file -> "--input=" + file).toArray(String[]::new)),
              ImportedFiles.bytes(now)));
      files.add(now);
    }
    if (Files.notExists(warehouse)) {
      return Optional.empty();
    }
    DuckDbWarehouse written = DuckDbWarehouse.openReadOnly(warehouse);
    Optional<PendingChanges> pending = PendingChanges.in(written);
    LastTransforms last = LastTransforms.in(written);
    boolean isDue = last.isDue(clock.instant());
    if (pending.isEmpty() && isDue && last.openMonth().isPresent()) {
      transform(last.openMonth().get(), TransformOptions.ALL, written, clock);
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s %d files ingested, nothing new; marts of months brought up to date; report"
                  + " written: %.1f s",
              clock.instant().truncatedTo(ChronoUnit.SECONDS),
              now.size(),
              (System.nanoTime() - startedAt) / 1e9));
    }
    if (pending.isEmpty()) {
      return now.isEmpty()
          ? Optional.empty()
          : Optional.of("%d files ingested, and nothing in them is new".formatted(now.size()));
    }
    DataInterval days = pending.get().days();
    transform(days, isDue ? TransformOptions.ALL : TransformOptions.OPEN, written, clock);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s %d files ingested, %s new; %s to %s transformed; report written: %.1f s%s",
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            now.size(),
            pending.get().summary(),
            days.from(),
            days.to().minusDays(1),
            (System.nanoTime() - startedAt) / 1e9,
            waiting.size() > now.size()
                ? "; %,d files wait".formatted(waiting.size() - now.size())
                : ""));
  }

  private void transform(DataInterval days, String mode, DuckDbWarehouse written, Clock clock)
      throws IOException {
    run(
        transform,
        LocalEngine.withRunnerOfCustomers(
            with(ofTransform, "--from=" + days.from(), "--to=" + days.to(), "--mode=" + mode),
            customers(written)));
    WriteReport.write(written, report, clock.instant());
  }

  private static long customers(DuckDbWarehouse warehouse) {
    return (Long) warehouse.query("SELECT COUNT(DISTINCT id) FROM raw.customers").value();
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
