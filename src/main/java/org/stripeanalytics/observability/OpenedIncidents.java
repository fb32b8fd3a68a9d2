package org.stripeanalytics.observability;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * What a run has found wrong that was not wrong before. The memory is the warehouse's own: an
 * incident is new if the run before did not have it, by {@code ops.run_log} for failures and {@code
 * ops.quality_results} for data tests, stale data among them. So a rerun that finds the same says
 * nothing, and what was mended and breaks again is a new incident.
 */
public final class OpenedIncidents {
  private final Warehouse before;

  /**
   * @param before where the run before has left its records
   */
  public OpenedIncidents(Warehouse before) {
    this.before = before;
  }

  /**
   * The failure of a run, unless the pipeline's run before failed too.
   *
   * @param runId the run, whose own records do not count
   * @param message why it failed
   */
  public ImmutableList<Incident> ofFailure(String pipeline, String runId, String message) {
    List<List<Object>> earlier =
        before
            .query(
                """
                SELECT MAX(CASE WHEN r.outcome = 'failed' THEN 1 ELSE 0 END) AS failed
                FROM ops.run_log AS r
                WHERE r.pipeline = '%s' AND r._run_id <> '%s'
                GROUP BY r._run_id
                ORDER BY MAX(r._ingested_at) DESC LIMIT 1
                """
                    .formatted(pipeline, runId))
            .rows();
    boolean known = !earlier.isEmpty() && ((Number) earlier.get(0).get(0)).longValue() > 0;
    return known
        ? ImmutableList.of()
        : ImmutableList.of(new Incident(pipeline + " has failed", message));
  }

  /**
   * The data tests that a run's newest results fail, without those that failed in the results
   * before.
   *
   * @param now where the run has left its results
   */
  public ImmutableList<Incident> ofDataTests(Warehouse now, String runId) {
    ImmutableList<Test> failed = failed(now, runId);
    ImmutableList<Test> known =
        runBefore(runId).map(run -> failed(before, run)).orElse(ImmutableList.of());
    return failed.stream()
        .filter(test -> known.stream().noneMatch(test::isSameAs))
        .map(Test::incident)
        .collect(ImmutableList.toImmutableList());
  }

  private Optional<String> runBefore(String runId) {
    return before
        .query(
            """
            SELECT q._run_id AS run_id FROM ops.quality_results AS q
            WHERE q._run_id <> '%s'
            GROUP BY q._run_id
            ORDER BY MAX(q._ingested_at) DESC LIMIT 1
            """
                .formatted(runId))
        .rows()
        .stream()
        .findFirst()
        .map(row -> (String) row.get(0));
  }

  private static ImmutableList<Test> failed(Warehouse warehouse, String runId) {
    return warehouse
        .query(
            """
            SELECT q.table_name, q.rule, q.target, q.severity, q.description, q.failing_count,
              q.row_count
            FROM ops.quality_results AS q
            WHERE q._run_id = '%s' AND NOT q.passed
            ORDER BY q.severity, q.table_name, q.rule, q.target
            """
                .formatted(runId))
        .rows()
        .stream()
        .map(Test::of)
        .collect(ImmutableList.toImmutableList());
  }

  /** A data test that has failed. */
  private record Test(
      String table,
      String rule,
      String target,
      String severity,
      String description,
      Number failing,
      Number rows) {

    static Test of(List<Object> row) {
      return new Test(
          (String) row.get(0),
          (String) row.get(1),
          (String) row.get(2),
          (String) row.get(3),
          (String) row.get(4),
          (Number) row.get(5),
          (Number) row.get(6));
    }

    boolean isSameAs(Test other) {
      return table.equals(other.table) && rule.equals(other.rule) && target.equals(other.target);
    }

    Incident incident() {
      boolean stale = rule.equals("freshness");
      return new Incident(
          stale ? table + " is stale" : "%s fails %s %s".formatted(table, rule, target),
          stale
              ? "expected: " + description
              : "%s: %s of %s rows; expected: %s".formatted(severity, failing, rows, description));
    }
  }
}
