package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.ingestion.EarlierRuns.Told;
import org.stripeanalytics.ingestion.ObjectVersions.Earlier;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.quality.Violation;

/**
 * Makes the rows of each object, together with what the warehouse knows of it. Objects of which
 * that matters wait for others, so that many are looked up at once.
 */
final class MakeRowsFn extends DoFn<KV<String, Said>, RowTally> {
  private static final long serialVersionUID = 1L;

  /** So many ids fit into a statement. */
  private static final int MOST_WAITING = 1_000;

  private final ZoneId reportingZone;
  private final RejectingRun run;
  private final @Nullable String account;
  private final StoredStates stored;
  private final Counter arbitrary = Metrics.counter(KeepLastVersions.class, "arbitraryOrders");

  private transient Map<String, WarehouseTable<?>> tables;
  private transient Map<String, ObjectVersions<?>> versions;
  private transient EarlierRuns earlierRuns;
  private transient List<Told> waiting;
  private transient Map<String, Long> superseded;
  private transient Map<String, Long> again;
  private transient Map<String, List<VersionedRow>> unexplained;
  private transient Notices notices;

  MakeRowsFn(
      ZoneId reportingZone, RejectingRun run, @Nullable String account, StoredStates stored) {
    this.reportingZone = reportingZone;
    this.run = run;
    this.account = account;
    this.stored = stored;
  }

  /** Takes what is made, within a bundle or at its end. */
  private interface Outputs {
    <T> void output(TupleTag<T> tag, T value);
  }

  @Setup
  public void setup() {
    tables = new HashMap<>();
    versions = new HashMap<>();
    for (WarehouseTable<?> table : StripeObjects.tables()) {
      tables.put(table.name(), table);
      versions.put(table.name(), ObjectVersions.of(table));
    }
    earlierRuns = new EarlierRuns(stored, new RecordParser(reportingZone, run.day(), account));
  }

  @StartBundle
  public void startBundle() {
    waiting = new ArrayList<>();
    superseded = new HashMap<>();
    again = new HashMap<>();
    unexplained = new HashMap<>();
    notices = new Notices();
  }

  @ProcessElement
  public void processElement(@Element KV<String, Said> object, MultiOutputReceiver out) {
    int space = object.getKey().indexOf(' ');
    WarehouseTable<?> table = tables.get(object.getKey().substring(0, space));
    Told told = new Told(table, object.getKey().substring(space + 1), object.getValue());
    Outputs outputs =
        new Outputs() {
          @Override
          public <T> void output(TupleTag<T> tag, T value) {
            out.get(tag).output(value);
          }
        };
    if (!earlierRuns.matterFor(told)) {
      makeRows(table, told, Earlier.nothing(), outputs);
      return;
    }
    // The runner may change what it has handed in.
    waiting.add(new Told(table, told.id(), Said.of(told.said().kept(), told.said().count())));
    if (waiting.size() >= MOST_WAITING) {
      makeWaiting(outputs);
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    Outputs outputs =
        new Outputs() {
          @Override
          public <T> void output(TupleTag<T> tag, T value) {
            context.output(tag, value, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
          }
        };
    makeWaiting(outputs);
    unexplained.forEach((table, rows) -> explain(tables.get(table), rows, outputs));
    tally(superseded, RowTally.Way.SUPERSEDED, outputs);
    tally(again, RowTally.Way.IN, outputs);
    notices.all().forEach(notice -> outputs.output(KeepLastVersions.NOTICES, notice));
  }

  private static void tally(Map<String, Long> rows, RowTally.Way way, Outputs out) {
    rows.forEach(
        (table, count) -> out.output(KeepLastVersions.TALLIES, RowTally.of(table, way, count)));
  }

  private void makeWaiting(Outputs out) {
    earlierRuns.addEvents(waiting);
    tables.values().forEach(table -> makeWaiting(table, out));
    waiting.clear();
  }

  private <T> void makeWaiting(WarehouseTable<T> table, Outputs out) {
    Map<String, List<T>> rows = earlierRuns.rows(table, waiting);
    for (Told told : waiting) {
      if (told.table().equals(table)) {
        Function<LocalDate, Optional<StoredStates.DayBefore>> before =
            day -> stored.before(table, told.id(), day);
        makeRows(table, told, new Earlier<>(rows.getOrDefault(told.id(), List.of()), before), out);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private <T> void makeRows(WarehouseTable<T> table, Told told, Earlier<T> earlier, Outputs out) {
    ObjectVersions.Outcome<T> outcome =
        ((ObjectVersions<T>) versions.get(table.name())).of(told.said(), earlier);
    outcome.rows().forEach(row -> out.output(KeepLastVersions.tag(table), row));
    if (!outcome.unexplained().isEmpty()) {
      unexplained
          .computeIfAbsent(table.name(), absent -> new ArrayList<>())
          .addAll(outcome.unexplained());
    }
    outcome
        .ownerless()
        .forEach(part -> out.output(KeepLastVersions.REJECTED, reject(part, ownerless(part))));
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

  private <T> void explain(WarehouseTable<T> table, List<VersionedRow> deletions, Outputs out) {
    new ExplainedDeletions<>(table, stored)
        .explain(
            deletions,
            row -> out.output(KeepLastVersions.tag(table), row),
            (deletion, violation) -> {
              if (deletion.getNested()) {
                // The object around it is no worse for naming one that nothing is known of.
                superseded.merge(deletion.getTable(), 1L, Long::sum);
              } else {
                out.output(KeepLastVersions.REJECTED, reject(deletion, violation));
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
    return run.reject(KeepLastVersions.STEP, violation, new String(row.getRow(), UTF_8), null)
        .setTargetTable(row.getTable())
        .setObjectId(row.getObject())
        .build();
  }
}
