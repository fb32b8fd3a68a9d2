package org.stripeanalytics.ingestion;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.quality.Violation;

/** What came of one record, for tests to look at. */
final class Parsed implements RecordParser.Output {
  static final LocalDate INGESTED_ON = LocalDate.of(2026, 1, 1);

  /** One per zone, because making a parser costs more than all these tests. */
  private static final Map<String, RecordParser> PARSERS = new HashMap<>();

  private final List<VersionedRow> rows = new ArrayList<>();
  private final List<String> rejections = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  static Parsed of(StripeObject record) {
    return of(record.json(), null, "UTC");
  }

  /**
   * @param account whose objects become rows; null for the platform's own
   */
  static Parsed forAccount(@Nullable String account, StripeObject record) {
    Parsed parsed = new Parsed();
    new RecordParser(ZoneId.of("UTC"), INGESTED_ON, account)
        .parse(record.json(), (LocalDate) null, parsed);
    return parsed;
  }

  static Parsed extractedOn(String day, StripeObject record) {
    return of(record.json(), LocalDate.parse(day), "UTC");
  }

  /** As of a file that was read from the API at a time. */
  static Parsed askedAt(Instant time, StripeObject record) {
    Parsed parsed = new Parsed();
    RecordParser parser = new RecordParser(ZoneId.of("UTC"), INGESTED_ON, null);
    parser.startBundle();
    parser.parse(record.json(), time, parsed);
    return parsed;
  }

  static Parsed of(String json, @Nullable LocalDate extractedOn, String zone) {
    Parsed parsed = new Parsed();
    RecordParser parser =
        PARSERS.computeIfAbsent(zone, name -> new RecordParser(ZoneId.of(name), INGESTED_ON, null));
    parser.startBundle();
    parser.parse(json, extractedOn, parsed);
    return parsed;
  }

  @Override
  public void row(VersionedRow row) {
    rows.add(row);
  }

  @Override
  public void rejected(
      @Nullable WarehouseTable<?> table, @Nullable String id, Violation violation, String json) {
    rejections.add(
        (table == null ? "" : table.name() + " ")
            + (id == null ? "" : id + " ")
            + violation.rule().id()
            + ": "
            + violation.message());
  }

  @Override
  public void ignored(String name) {
    ignored.add(name);
  }

  /** The names of what is for no table. */
  List<String> ignored() {
    return ignored;
  }

  @Override
  public void notice(String subject, String example) {
    notices.add(subject + ": " + example);
  }

  /** Subject and example of each notice. */
  List<String> notices() {
    return notices;
  }

  /** Table, object, rule and message of each rejection. */
  List<String> rejections() {
    return rejections;
  }

  List<VersionedRow> rows() {
    return rows;
  }

  /** The tables of all rows. */
  List<String> tables() {
    return rows.stream().map(VersionedRow::getTable).toList();
  }

  /** The only row of a table. */
  <T> T row(WarehouseTable<T> table) {
    List<T> found =
        rows.stream()
            .filter(row -> row.getTable().equals(table.name()))
            .map(row -> decoded(table, row))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(table + " has " + found + "; rejected: " + rejections);
    }
    return found.get(0);
  }

  private static <T> T decoded(WarehouseTable<T> table, VersionedRow row) {
    try {
      return table.coder().decode(new ByteArrayInputStream(row.getRow()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
