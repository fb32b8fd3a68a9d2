package org.stripeanalytics.benchmark;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A figure that is to be reached, on two cores.
 *
 * @param reading what was measured of it; empty when something that it needs was not
 */
record Target(String id, String what, String wanted, Function<Results, Optional<Reading>> reading) {

  /** What was measured, and whether that is enough. */
  record Reading(String value, boolean reached) {}

  static final ImmutableList<Target> ALL =
      ImmutableList.of(
          atLeast("synthesis-nowhere", Subject.SYNTHESIS_NOWHERE, 200_000, "objects/s"),
          atLeast("synthesis-large", Subject.SYNTHESIS_LARGE, 200_000, "objects/s"),
          shareOfRate("load", "rows in memory into DuckDB's raw tables", Subject.LOAD_OURS, 75),
          atLeast("load-postgresql", Subject.LOAD_POSTGRES, 60_000, "rows/s"),
          atLeast("export", Subject.EXPORT, 200_000, "rows/s"),
          shareOfRate(
              "synthesis-raw",
              "synthesis into DuckDB's raw tables, the simulation included",
              Subject.SYNTHESIS_RAW,
              75),
          atLeast("synthesis-ndjson", Subject.SYNTHESIS_NDJSON, 60_000, "objects/s"),
          atLeast("transform", Subject.TRANSFORM_FLINK, 75_000, "raw rows/s"),
          atLeast("transform-large", Subject.TRANSFORM_LARGE, 75_000, "raw rows/s"),
          new Target(
              "transform-oracle",
              "transform against the oracle's SQL",
              "at most 4 × its time",
              results ->
                  both(
                      results.of(Subject.TRANSFORM_ORACLE),
                      results.of(Subject.TRANSFORM_FLINK),
                      (oracle, ours) -> atMost(oracle.rate() / ours.rate(), 4, "%.1f ×"))),
          new Target(
              "default-run",
              "the default run, 10,000 customers, start-up included",
              "at most 30 s",
              results -> results.runOf(10_000).map(run -> atMost(run.seconds(), 30, "%.1f s"))),
          new Target(
              "start-up",
              "its start-up",
              "at most 5 s",
              results ->
                  results.of(Subject.START_UP).map(run -> atMost(run.seconds(), 5, "%.1f s"))),
          new Target(
              "incremental-month",
              "a month of 100,000 customers against a full refresh, start-up left out",
              "at most 10 %",
              results ->
                  both(
                      results.of(Subject.FULL_REFRESH).filter(run -> run.customers() == 100_000),
                      results.of(Subject.INCREMENTAL_MONTH),
                      (full, month) ->
                          atMost(100 * month.workSeconds() / full.workSeconds(), 10, "%.1f %%"))),
          new Target(
              "300000-customers",
              "300,000 customers with 8 GB of heap against 30 default runs, start-up left out",
              "at most 1.2 × linear",
              results ->
                  both(
                      results.runOf(10_000),
                      results.runOf(300_000).filter(run -> "8g".equals(run.heap())),
                      (small, large) ->
                          atMost(
                              large.workSeconds() / (30 * small.workSeconds()), 1.2, "%.2f ×"))));

  private interface Comparison {
    Reading of(Measurement one, Measurement other);
  }

  private static Optional<Reading> both(
      Optional<Measurement> one, Optional<Measurement> other, Comparison comparison) {
    return one.flatMap(a -> other.map(b -> comparison.of(a, b)));
  }

  private static Reading atMost(double value, double limit, String format) {
    return new Reading(String.format(Locale.ROOT, format, value), value <= limit);
  }

  private static Target atLeast(String id, Subject subject, long rate, String unit) {
    return new Target(
        id,
        subject.section() + ": " + subject.what(),
        String.format(Locale.ROOT, "at least %,d %s", rate, unit),
        results ->
            results
                .of(subject)
                .map(
                    measured ->
                        new Reading(
                            String.format(Locale.ROOT, "%,.0f %s", measured.rate(), unit),
                            measured.rate() >= rate)));
  }

  private static Target shareOfRate(String id, String what, Subject ours, int percent) {
    return new Target(
        id,
        what,
        "at least %d %% of DuckDB's own rate".formatted(percent),
        results ->
            both(
                results.of(Subject.LOAD_DUCKDB),
                results.of(ours),
                (limit, measured) -> {
                  double share = 100 * measured.rate() / limit.rate();
                  return new Reading(
                      String.format(Locale.ROOT, "%.0f %%", share), share >= percent);
                }));
  }
}
