package org.stripeanalytics.ingestion;

import static java.time.ZoneOffset.UTC;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.quality.RowTally.Way;

/**
 * Counts what came of the records of a bundle: as tallies for the balance of the run, and as
 * metrics for its summary ({@link DeliveredRows}). Not thread-safe.
 */
public final class DeliveryCounts {
  private final ZoneId reportingZone;
  private final Map<String, Long> rowsIn = new HashMap<>();
  private final Map<String, Long> metrics = new HashMap<>();
  private final Map<String, Days> days = new HashMap<>();
  private long found;
  private long handled;
  private long ignored;

  public DeliveryCounts(ZoneId reportingZone) {
    this.reportingZone = reportingZone;
  }

  /** Counts where no row is made, so that no zone matters. */
  public static DeliveryCounts ofReading() {
    return new DeliveryCounts(UTC);
  }

  /** A record was found in a file. */
  public void found() {
    found++;
  }

  /** A record came to a row, a rejection, or a name. */
  public void handled() {
    handled++;
  }

  /**
   * A row was made.
   *
   * @param day that it is filed under
   */
  public void row(WarehouseTable<?> table, LocalDate day) {
    rowsIn.merge(table.name(), 1L, Long::sum);
    count(DeliveredRows.readMetric(table.name()));
    days.computeIfAbsent(table.name(), absent -> new Days()).add(day.toEpochDay());
  }

  void row(VersionedRow row) {
    rowsIn.merge(row.getTable(), 1L, Long::sum);
    count(DeliveredRows.readMetric(row.getTable()));
    if (row.getNested()) {
      return;
    }
    LocalDate day =
        LocalDate.ofInstant(EpochMicros.toInstant(row.getChangedAtMicros()), reportingZone);
    days.computeIfAbsent(row.getTable(), table -> new Days()).add(day.toEpochDay());
  }

  public void rejected(@Nullable WarehouseTable<?> table, RejectionRule rule) {
    String name = table == null ? RowTally.NO_TABLE : table.name();
    rowsIn.merge(name, 1L, Long::sum);
    unreadable(name, rule);
  }

  /** What the run counts as a row on its own, because no parser has seen it. */
  public void unreadable(String table, RejectionRule rule) {
    count(DeliveredRows.readMetric(table));
    count(DeliveredRows.rejectedMetric(table, rule.id()));
  }

  public void ignored(String name) {
    rowsIn.merge(RowTally.NO_TABLE, 1L, Long::sum);
    ignored++;
    count(DeliveredRows.readMetric(name));
    count(DeliveredRows.ignoredMetric(name));
  }

  /** Hands everything on and begins anew. */
  public void flush(Consumer<RowTally> tallies) {
    add(Way.FOUND, found, tallies);
    add(Way.HANDLED, handled, tallies);
    add(Way.IGNORED, ignored, tallies);
    rowsIn.forEach((table, rows) -> tallies.accept(RowTally.of(table, Way.IN, rows)));
    metrics.forEach((name, rows) -> Metrics.counter(DeliveredRows.class, name).inc(rows));
    days.forEach((table, seen) -> seen.update(DeliveredRows.daysMetric(table)));
    found = 0;
    handled = 0;
    ignored = 0;
    rowsIn.clear();
    metrics.clear();
    days.clear();
  }

  private void count(String metric) {
    metrics.merge(metric, 1L, Long::sum);
  }

  private static void add(Way way, long records, Consumer<RowTally> tallies) {
    if (records > 0) {
      tallies.accept(RowTally.of(way, records));
    }
  }

  /** The first and the last day of what was seen. */
  private static final class Days {
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void add(long day) {
      first = Math.min(first, day);
      last = Math.max(last, day);
    }

    void update(String name) {
      Distribution distribution = Metrics.distribution(DeliveredRows.class, name);
      distribution.update(first);
      distribution.update(last);
    }
  }
}
