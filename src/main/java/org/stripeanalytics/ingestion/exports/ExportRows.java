package org.stripeanalytics.ingestion.exports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.ingestion.DeliveredRecord;
import org.stripeanalytics.ingestion.DeliveryCounts;
import org.stripeanalytics.ingestion.Notices;
import org.stripeanalytics.ingestion.Remark;
import org.stripeanalytics.ingestion.StrictJson;
import org.stripeanalytics.ingestion.UnreadableValueException;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.Violation;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;

/**
 * Makes rows of raw tables of the rows of exports. Which of several rows with one key stands, the
 * publication decides.
 */
public final class ExportRows implements RowGenerator<DeliveredRecord, Remark> {
  /** The step that {@code ops.rejected_records} names. */
  public static final String STEP = "parse_records";

  private static final long serialVersionUID = 1L;
  private static final String UNKNOWN_PLACE = "";

  private final SourceTables source;
  private final ZoneId reportingZone;
  private final RejectingRun run;

  private transient Map<String, ExportedTable<?>> tables;
  private transient Map<String, WarehouseTable<?>> byName;
  private transient DeliveryCounts counts;
  private transient Notices notices;

  /**
   * @param reportingZone the zone whose days rows are filed under
   * @param run in whose name rows are rejected; its day is the one that an export shows the state
   *     of, unless it says otherwise
   */
  public ExportRows(SourceTables source, ZoneId reportingZone, RejectingRun run) {
    this.source = source;
    this.reportingZone = reportingZone;
    this.run = run;
  }

  /** What stands for a row of an export, so that it can be ingested again. */
  static String record(WarehouseTable<?> table, String row) {
    return "{\"object\":\"" + table.name() + "\",\"row\":" + row + "}";
  }

  @Override
  public void prepare() {
    tables = new HashMap<>();
    byName = new HashMap<>();
    source.tables().forEach(table -> byName.put(table.name(), table));
  }

  @Override
  public void startBundle() {
    counts = new DeliveryCounts(reportingZone);
    notices = new Notices();
  }

  @Override
  public void generate(DeliveredRecord record, RowSink rows, Consumer<Remark> remarks) {
    String json = record.getJson();
    try {
      ObjectNode parsed = StrictJson.object(json);
      WarehouseTable<?> table = byName.get(parsed.path("object").asText());
      if (table == null || !(parsed.get("row") instanceof ObjectNode cells)) {
        reject(
            record,
            null,
            null,
            new Violation(
                RejectionRule.UNKNOWN_OBJECT,
                "no row of a table of %s; there are %s"
                    .formatted(source.source(), String.join(", ", source.tableNames()))),
            remarks);
      } else {
        read(table, cells, record, rows, remarks);
      }
    } catch (UnreadableValueException e) {
      reject(record, null, null, e.violation(), remarks);
    }
    counts.handled();
  }

  @SuppressWarnings("unchecked")
  private <T> void read(
      WarehouseTable<T> table,
      ObjectNode cells,
      DeliveredRecord record,
      RowSink rows,
      Consumer<Remark> remarks) {
    ExportedTable.Read<T> read =
        ((ExportedTable<T>) tables.computeIfAbsent(table.name(), absent -> exported(table)))
            .read(cells, shown(record), payload(record.getJson()));
    if (read.violation() == null) {
      rows.put(table, read.row());
      counts.row(table, read.day());
    } else {
      reject(record, table, read.key(), read.violation(), remarks);
    }
  }

  private ExportedTable<?> exported(WarehouseTable<?> table) {
    return new ExportedTable<>(
        table,
        reportingZone,
        (column, value) ->
            notices.add(
                "Values that %s.%s had not when its contract was written"
                    .formatted(table.name(), column),
                value));
  }

  /** The row itself, verbatim. */
  private static String payload(String json) {
    String start = "\"row\":";
    return json.substring(json.indexOf(start) + start.length(), json.length() - 1);
  }

  private Instant shown(DeliveredRecord record) {
    LocalDate day = record.getExtractedOn() == null ? run.day() : record.getExtractedOn();
    return day.plusDays(1).atStartOfDay(reportingZone).toInstant().minusSeconds(1);
  }

  private void reject(
      DeliveredRecord record,
      @Nullable WarehouseTable<?> table,
      @Nullable String key,
      Violation violation,
      Consumer<Remark> remarks) {
    counts.rejected(table, violation.rule());
    remarks.accept(
        Remark.of(
            run.reject(
                    STEP,
                    violation,
                    record.getJson(),
                    record.getSourceFile() == null
                        ? UNKNOWN_PLACE
                        : record.getSourceFile() + ":" + record.getRecordNumber())
                .setTargetTable(table == null ? null : table.name())
                .setObjectId(key)
                .setSourceFile(record.getSourceFile())
                .setRecordNumber(record.getRecordNumber())
                .setExtractedOn(record.getExtractedOn())
                .build()));
  }

  @Override
  public void finishBundle(RowSink rows, Consumer<Remark> remarks) {
    counts.flush(tally -> remarks.accept(Remark.of(tally)));
    notices.all().forEach(notice -> remarks.accept(Remark.of(notice)));
  }
}
