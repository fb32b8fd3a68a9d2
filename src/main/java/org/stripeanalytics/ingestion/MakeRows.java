package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.values.KV;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.ingestion.EarlierRuns.Told;
import org.stripeanalytics.ingestion.ObjectVersions.Earlier;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.quality.Violation;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;

/**
 * Makes the rows of each object, together with what the warehouse knows of it. Objects of which
 * that matters wait for others, so that many are looked up at once.
 */
final class MakeRows implements RowGenerator<KV<String, Said>, Remark> {
  static final String STEP = "keep_last_versions";

  private static final long serialVersionUID = 1L;

  /** So many ids fit into a statement. */
  private static final int MOST_WAITING = 1_000;

  private final ZoneId reportingZone;
  private final RejectingRun run;
  private final @Nullable String account;
  private final StoredStates stored;
  private final Counter arbitrary = Metrics.counter(MakeRows.class, "arbitraryOrders");

  private transient Map<String, WarehouseTable<?>> tables;
  private transient Map<String, ObjectVersions<?>> versions;
  private transient EarlierRuns earlierRuns;
  private transient List<Told> waiting;
  private transient Map<String, Long> superseded;
  private transient Map<String, Long> again;
  private transient Map<String, List<VersionedRow>> unexplained;
  private transient Notices notices;

  MakeRows(ZoneId reportingZone, RejectingRun run, @Nullable String account, StoredStates stored) {
    this.reportingZone = reportingZone;
    this.run = run;
    this.account = account;
    this.stored = stored;
  }

  @Override
  public void prepare() {
    tables = new HashMap<>();
    versions = new HashMap<>();
    for (WarehouseTable<?> table : StripeObjects.tables()) {
      tables.put(table.name(), table);
      versions.put(table.name(), ObjectVersions.of(table));
    }
    earlierRuns = new EarlierRuns(stored, new RecordParser(reportingZone, run.day(), account));
  }

  @Override
  public void startBundle() {
    waiting = new ArrayList<>();
    superseded = new HashMap<>();
    again = new HashMap<>();
    unexplained = new HashMap<>();
    notices = new Notices();
  }

  @Override
  public void generate(KV<String, Said> object, RowSink rows, Consumer<Remark> remarks) {
    int space = object.getKey().indexOf(' ');
    WarehouseTable<?> table = tables.get(object.getKey().substring(0, space));
    Told told = new Told(table, object.getKey().substring(space + 1), object.getValue());
    if (!earlierRuns.matterFor(told)) {
      makeRows(table, told, Earlier.nothing(), rows, remarks);
      return;
    }
    // The runner may change what it has handed in.
    waiting.add(new Told(table, told.id(), Said.of(told.said().kept(), told.said().count())));
    if (waiting.size() >= MOST_WAITING) {
      makeWaiting(rows, remarks);
    }
  }

  @Override
  public void finishBundle(RowSink rows, Consumer<Remark> remarks) {
    makeWaiting(rows, remarks);
    unexplained.forEach((table, all) -> explain(tables.get(table), all, rows, remarks));
    tally(superseded, RowTally.Way.SUPERSEDED, remarks);
    tally(again, RowTally.Way.IN, remarks);
    notices.all().forEach(notice -> remarks.accept(Remark.of(notice)));
  }

  private static void tally(Map<String, Long> rows, RowTally.Way way, Consumer<Remark> remarks) {
    rows.forEach((table, count) -> remarks.accept(Remark.of(RowTally.of(table, way, count))));
  }

  private void makeWaiting(RowSink rows, Consumer<Remark> remarks) {
    earlierRuns.addEvents(waiting);
    tables.values().forEach(table -> makeWaiting(table, rows, remarks));
    waiting.clear();
  }

  private <T> void makeWaiting(WarehouseTable<T> table, RowSink rows, Consumer<Remark> remarks) {
    Map<String, List<T>> stored = earlierRuns.rows(table, waiting);
    for (Told told : waiting) {
      if (told.table().equals(table)) {
        Function<LocalDate, Optional<StoredStates.DayBefore>> before =
            day -> this.stored.before(table, told.id(), day);
        makeRows(
            table,
            told,
            new Earlier<>(stored.getOrDefault(told.id(), List.of()), before),
            rows,
            remarks);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private <T> void makeRows(
      WarehouseTable<T> table,
      Told told,
      Earlier<T> earlier,
      RowSink rows,
      Consumer<Remark> remarks) {
    ObjectVersions.Outcome<T> outcome =
        ((ObjectVersions<T>) versions.get(table.name())).of(told.said(), earlier);
    outcome.rows().forEach(row -> rows.put(table, row));
    if (!outcome.unexplained().isEmpty()) {
      unexplained
          .computeIfAbsent(table.name(), absent -> new ArrayList<>())
          .addAll(outcome.unexplained());
    }
    outcome.ownerless().forEach(part -> remarks.accept(Remark.of(reject(part, ownerless(part)))));
    int leftOver =
        outcome.rows().size()
            - outcome.again()
            + outcome.unexplained().size()
            + outcome.ownerless().size();
    superseded.merge(table.name(), told.said().count() - leftOver, Long::sum);
    if (outcome.again() > 0) {
      again.merge(table.name(), (long) outcome.again(), Long::sum);
    }
    notice(table, told.id(), outcome);
  }

  private <T> void notice(WarehouseTable<T> table, String id, ObjectVersions.Outcome<T> outcome) {
    if (outcome.missing() != 0) {
      notices.add(
          "Objects of %s whose list of %s is longer than what was delivered of it"
              .formatted(table.name(), ListedParts.of(table).column()),
          "%s (%s missing)"
              .formatted(id, outcome.missing() == Pages.SOME ? "some" : outcome.missing()));
    }
    if (outcome.arbitrary() > 0) {
      arbitrary.inc(outcome.arbitrary());
      notices.add(
          "Objects of %s with versions of one second that nothing puts in order"
              .formatted(table.name()),
          id);
    }
  }

  private <T> void explain(
      WarehouseTable<T> table,
      List<VersionedRow> deletions,
      RowSink rows,
      Consumer<Remark> remarks) {
    new ExplainedDeletions<>(table, stored)
        .explain(
            deletions,
            row -> rows.put(table, row),
            (deletion, violation) -> {
              if (deletion.getNested()) {
                // The object around it is no worse for naming one that nothing is known of.
                superseded.merge(deletion.getTable(), 1L, Long::sum);
              } else {
                remarks.accept(Remark.of(reject(deletion, violation)));
              }
            });
  }

  private static Violation ownerless(VersionedRow part) {
    return new Violation(
        RejectionRule.MISSING_OWNER,
        "%s of %s, to which it belongs, is not known yet; replay this run once it was ingested"
            .formatted(part.getObject(), part.getTable()));
  }

  private RejectedRecord reject(VersionedRow row, Violation violation) {
    return run.reject(STEP, violation, new String(row.getRow(), UTF_8), null)
        .setTargetTable(row.getTable())
        .setObjectId(row.getObject())
        .build();
  }
}
