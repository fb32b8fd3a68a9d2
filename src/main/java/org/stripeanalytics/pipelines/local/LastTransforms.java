package org.stripeanalytics.pipelines.local;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * When {@code transform} last published everything, and what it has published since then in mode
 * {@code open}.
 *
 * @param allAt when the last run that published everything ended; null if there was none
 * @param openMonth the days of the runs in mode {@code open} since then; empty if there was none
 */
record LastTransforms(@Nullable Instant allAt, Optional<DataInterval> openMonth) {
  /** How far marts of months may fall behind. */
  private static final Duration AT_MOST_BEHIND = Duration.ofMinutes(10);

  /** A table that is published in mode {@code all} alone. */
  private static final String OF_MONTHS = Tables.TRIAL_FUNNEL.name();

  private static final String SQL =
      """
      WITH runs AS (
        SELECT _ingested_at AS run, MAX(finished_at) AS ended, MAX(interval_to) AS reached,
          MAX(CASE WHEN table_name = '%s' THEN 1 ELSE 0 END) AS publishes_all
        FROM ops.run_log WHERE pipeline = 'transform' AND outcome = 'succeeded'
        GROUP BY _ingested_at)
      SELECT (SELECT MAX(a.ended) FROM runs AS a WHERE a.publishes_all = 1) AS all_at,
        (SELECT MAX(o.reached) FROM runs AS o
         WHERE o.publishes_all = 0 AND o.run > COALESCE(
           (SELECT MAX(a.run) FROM runs AS a WHERE a.publishes_all = 1), TIMESTAMP '1970-01-01'))
          AS open_to
      """
          .formatted(OF_MONTHS);

  static LastTransforms in(Warehouse warehouse) {
    List<Object> row = warehouse.query(SQL).rows().get(0);
    return new LastTransforms(
        (Instant) row.get(0),
        Optional.ofNullable((LocalDate) row.get(1))
            .map(to -> DataInterval.of(to.minusDays(1).withDayOfMonth(1), to)));
  }

  /** Whether the next run has to publish everything. */
  boolean isDue(Instant now) {
    return allAt == null || !now.isBefore(allAt.plus(AT_MOST_BEHIND));
  }
}
