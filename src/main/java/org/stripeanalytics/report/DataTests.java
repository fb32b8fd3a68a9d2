package org.stripeanalytics.report;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The results of the newest run of the data tests.
 *
 * @param checkedAt when they were written; null where no tests have been run
 * @param results by table, rule and target
 */
public record DataTests(@Nullable Instant checkedAt, ImmutableList<Result> results) {
  private static final String NEWEST_RUN =
      "SELECT _run_id, _ingested_at FROM ops.quality_results"
          + " ORDER BY _ingested_at DESC, _run_id DESC LIMIT 1";

  private static final String RESULTS =
      """
      SELECT table_name, rule, target, severity, description, passed, failing_count, sample_keys,
        failing_sql
      FROM ops.quality_results
      WHERE _run_id = '%s'
      ORDER BY table_name, rule, target
      """;

  /**
   * One test of one table.
   *
   * @param rule the kind of test
   * @param target what it is about: columns, or the name of a condition
   * @param severity {@code error} or {@code warn}
   * @param description the promise in words
   * @param failing rows that break it
   * @param examples some of them, by their key
   * @param sql the query that lists them
   */
  public record Result(
      String table,
      String rule,
      String target,
      String severity,
      String description,
      boolean passed,
      long failing,
      ImmutableList<String> examples,
      String sql) {}

  static DataTests of(Warehouse warehouse) {
    Optional<List<Object>> newest = Reading.of(warehouse, NEWEST_RUN).rows().stream().findFirst();
    return newest
        .map(
            run ->
                new DataTests(
                    (Instant) run.get(1),
                    Reading.of(warehouse, RESULTS.formatted(run.get(0))).rows().stream()
                        .map(DataTests::result)
                        .collect(ImmutableList.toImmutableList())))
        .orElse(new DataTests(null, ImmutableList.of()));
  }

  ImmutableList<Result> of(String table) {
    return results.stream()
        .filter(result -> result.table().equals(table))
        .collect(ImmutableList.toImmutableList());
  }

  private static Result result(List<Object> row) {
    ImmutableList<String> examples =
        row.get(7) instanceof List<?> keys
            ? keys.stream().map(String::valueOf).collect(ImmutableList.toImmutableList())
            : ImmutableList.of();
    return new Result(
        (String) row.get(0),
        (String) row.get(1),
        (String) row.get(2),
        (String) row.get(3),
        (String) row.get(4),
        (Boolean) row.get(5),
        (Long) row.get(6),
        examples,
        (String) row.get(8));
  }
}
