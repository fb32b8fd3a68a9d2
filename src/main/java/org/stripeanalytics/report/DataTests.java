package org.stripeanalytics.report;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The results of the newest run of the data tests.
 *
 * @param results by table and rule; none where no tests have been run
 */
public record DataTests(ImmutableList<Result> results) {
  private static final String SQL =
      """
      SELECT table_name, rule, severity, failing_count, sample_keys, sql, checked_at
      FROM ops.quality_results
      WHERE run_id = (SELECT run_id FROM ops.quality_results ORDER BY checked_at DESC LIMIT 1)
      ORDER BY table_name, rule
      """;

  /**
   * One rule of one table.
   *
   * @param severity {@code error} or {@code warn}
   * @param failing rows that break it; 0 is a pass
   * @param sampleKeys some of them
   */
  public record Result(
      String table,
      String rule,
      String severity,
      long failing,
      @Nullable Object sampleKeys,
      @Nullable String sql,
      Instant checkedAt) {}

  static DataTests of(Warehouse warehouse) {
    return new DataTests(
        Reading.of(warehouse, SQL).rows().stream()
            .map(DataTests::result)
            .collect(ImmutableList.toImmutableList()));
  }

  ImmutableList<Result> of(String table) {
    return results.stream()
        .filter(result -> result.table().equals(table))
        .collect(ImmutableList.toImmutableList());
  }

  private static Result result(List<Object> row) {
    return new Result(
        (String) row.get(0),
        (String) row.get(1),
        (String) row.get(2),
        (Long) row.get(3),
        row.get(4),
        (String) row.get(5),
        (Instant) row.get(6));
  }
}
