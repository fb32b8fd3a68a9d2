package org.stripeanalytics.observability;

import static org.stripeanalytics.contract.Tables.RUN_LOG;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.RunLogEntry;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.RunChecksum;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Writes how a run has ended into {@code ops.run_log}: a row for every table that it has published,
 * or one that says that it has failed.
 */
public record RunLog(Warehouse warehouse, RunContext run) implements Serializable {

  /**
   * Records a run whose tables are published, and then tells lineage of it. To do so again replaces
   * the rows, and sends the event again under the same run.
   *
   * @param tallies what was rejected or superseded before the publication
   */
  void recordSuccess(List<PublishedTable> published, Iterable<RowTally> tallies) {
    Map<String, Long> superseded = rows(tallies, RowTally.Way.SUPERSEDED);
    Map<String, Long> rejected = rows(tallies, RowTally.Way.REJECTED);
    ImmutableList.Builder<RunLogEntry> entries = ImmutableList.builder();
    try (Warehouse.Hold unused = warehouse.holdOpen()) {
      for (PublishedTable table : published) {
        String name = table.getTable();
        entries.add(
            succeeded(
                table,
                table.getSuperseded() + superseded.getOrDefault(name, 0L),
                rejected.getOrDefault(name, 0L)));
      }
      warehouse.append(RUN_LOG, entries.build(), run.runId(), run.startedAt());
    }
    Map<String, Long> rows = new HashMap<>();
    published.forEach(table -> rows.put(table.getTable(), table.getRows()));
    run.lineage().tellCompletion(run.clock().instant(), rows);
  }

  /**
   * Records that the run has failed. A run cannot do so itself: it is for whoever has started it.
   *
   * @param message why, without anything of the data
   */
  public void recordFailure(String message) {
    // What a run appends is named by its id and time, and it may have appended already.
    Instant failedAt = run.clock().instant();
    RunLogEntry entry =
        entry(failedAt)
            .setTableName("")
            .setOutcome("failed")
            .setMessage(message)
            .setRowsIn(0)
            .setRowsLoaded(0)
            .setRowsSuperseded(0)
            .setRowsRejected(0)
            .setBytesLoaded(0)
            .build();
    warehouse.append(RUN_LOG, List.of(entry), run.runId(), failedAt);
  }

  private RunLogEntry succeeded(PublishedTable table, long superseded, long rejected) {
    return entry(run.clock().instant())
        .setTableName(table.getTable())
        .setOutcome("succeeded")
        .setRowsIn(table.getRows() + superseded + rejected)
        .setRowsLoaded(table.getRows())
        .setRowsSuperseded(superseded)
        .setRowsRejected(rejected)
        .setBytesLoaded(table.getBytes())
        .setChecksum(checksum(table))
        .build();
  }

  /**
   * Where nothing was put there is nothing to read, and in a small run that is most tables. Only a
   * table that keeps rows of other intervals may still have some under the id of a run that is used
   * again.
   */
  private String checksum(PublishedTable table) {
    WarehouseTable<?> published = Tables.named(table.getTable());
    boolean isEmpty =
        table.getRows() + table.getSuperseded() == 0
            && published.contract().ownership() != Ownership.LATEST;
    return isEmpty
        ? RunChecksum.NO_ROWS
        : warehouse.checksum(published, run.runId(), run.interval());
  }

  private RunLogEntry.Builder entry(Instant finishedAt) {
    RunLogEntry.Builder entry =
        RunLogEntry.builder()
            .setPipeline(run.pipeline())
            .setAsOf(run.asOf())
            .setOptions(run.options())
            .setCodeVersion(run.codeVersion())
            .setRunner(run.runner())
            .setStartedAt(run.startedAt())
            .setFinishedAt(finishedAt)
            .setSeconds(
                BigDecimal.valueOf(Duration.between(run.startedAt(), finishedAt).toMillis(), 3));
    if (run.interval() != null) {
      entry.setIntervalFrom(run.interval().from()).setIntervalTo(run.interval().to());
    }
    return entry;
  }

  private static Map<String, Long> rows(Iterable<RowTally> tallies, RowTally.Way way) {
    Map<String, Long> rows = new HashMap<>();
    for (RowTally tally : tallies) {
      if (tally.getWay().equals(way.name())) {
        rows.merge(tally.getTable(), tally.getRows(), Long::sum);
      }
    }
    return rows;
  }
}
