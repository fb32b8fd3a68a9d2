package org.stripeanalytics.ingestion.exports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.SourceMapping;
import org.stripeanalytics.contract.SourceMapping.Cell;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.ingestion.UnreadableValueException;
import org.stripeanalytics.ingestion.exports.CellReaders.CellReader;
import org.stripeanalytics.model.raw.DeliveryRoute;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.RowChecks;
import org.stripeanalytics.quality.Violation;

/** Reads rows of one table from the rows of exports, as its contract says. Not thread-safe. */
final class ExportedTable<T> {
  private static final String DAY = "_snapshot_date";
  private static final String CHANGED_AT = "_changed_at";
  private static final String SOURCE = "_source";
  private static final String PAYLOAD = "_payload";
  private static final ImmutableSet<String> METADATA =
      ImmutableSet.of(DAY, CHANGED_AT, SOURCE, PAYLOAD);
  private static final Cell OWN_NAME = new Cell(List.of(), null, null);

  private final WarehouseTable<T> table;
  private final SourceMapping mapping;
  private final ZoneId reportingZone;
  private final RowCodec<T> codec;
  private final RowChecks<T> checks;
  private final ImmutableList<Column> columns;
  private final int dayField;

  /**
   * A column of the contract that a cell is for.
   *
   * @param headers in lower case, the first that is there
   */
  private record Column(
      int field,
      String name,
      ImmutableList<String> headers,
      boolean required,
      boolean list,
      boolean key,
      @Nullable String otherwise,
      CellReader reader) {}

  /**
   * @param reportingZone the zone whose days rows are filed under
   * @param unknownValues takes values that the contract does not list
   */
  ExportedTable(
      WarehouseTable<T> table, ZoneId reportingZone, RowChecks.UnknownValues unknownValues) {
    this.table = table;
    this.mapping = SourceTables.mapping(table);
    this.reportingZone = reportingZone;
    this.codec = RowCodec.of(table.rowClass());
    this.checks = RowChecks.noting(unknownValues, table);
    Schema schema = codec.schema();
    ImmutableList.Builder<Column> all = ImmutableList.builder();
    for (int i = 0; i < schema.getFieldCount(); i++) {
      if (!METADATA.contains(schema.getField(i).getName())) {
        all.add(column(i, schema.getField(i)));
      }
    }
    this.columns = all.build();
    this.dayField = mapping.day() == null ? -1 : schema.indexOf(mapping.day());
  }

  private Column column(int index, Field field) {
    Cell cell = mapping.columns().getOrDefault(field.getName(), OWN_NAME);
    boolean list = CellReaders.isList(field.getType());
    return new Column(
        index,
        field.getName(),
        cell.from().isEmpty()
            ? ImmutableList.of(field.getName())
            : cell.from().stream()
                .map(header -> header.toLowerCase(Locale.ROOT))
                .collect(ImmutableList.toImmutableList()),
        !field.getType().getNullable() && !list,
        list,
        table.contract().primaryKey().contains(field.getName()),
        cell.otherwise(),
        CellReaders.of(field.getType(), cell.as(), ZoneId.of(mapping.zone()), field.getName()));
  }

  /** Headers that no column and no time comes from, in lower case. */
  Set<String> unused(Iterable<String> header) {
    Set<String> unused = new TreeSet<>();
    header.forEach(name -> unused.add(name.strip().toLowerCase(Locale.ROOT)));
    columns.forEach(column -> unused.removeAll(column.headers()));
    mapping.changedAt().forEach(unused::remove);
    return unused;
  }

  /** What a header must have but lacks, as a sentence for people; null if nothing is missing. */
  @Nullable String missing(Iterable<String> header) {
    Set<String> names = new TreeSet<>();
    header.forEach(name -> names.add(name.strip().toLowerCase(Locale.ROOT)));
    for (Column column : columns) {
      if (column.required()
          && column.otherwise() == null
          && column.headers().stream().noneMatch(names::contains)) {
        return "has no column %s; %s of %s comes from it, and the header has %s"
            .formatted(
                String.join(" or ", column.headers()),
                column.name(),
                table.name(),
                String.join(", ", names));
      }
    }
    return null;
  }

  /** A row with the day that it is filed under, or why it is none. */
  record Read<T>(
      @Nullable T row, LocalDate day, @Nullable String key, @Nullable Violation violation) {}

  /**
   * Reads a row and checks it.
   *
   * @param shown the last instant of the day whose state the export shows
   * @param payload the row as it was delivered
   */
  Read<T> read(ObjectNode cells, Instant shown, String payload) {
    Map<String, JsonNode> byHeader = new HashMap<>();
    cells
        .fields()
        .forEachRemaining(
            cell ->
                byHeader.putIfAbsent(
                    cell.getKey().strip().toLowerCase(Locale.ROOT), cell.getValue()));
    @Nullable String key = text(key(), byHeader);
    LocalDate shownOn = LocalDate.ofInstant(shown, reportingZone);
    try {
      Object[] values = new Object[codec.schema().getFieldCount()];
      for (Column column : columns) {
        values[column.field()] = value(column, byHeader);
      }
      long changedAt = changedAt(byHeader, shown);
      LocalDate day =
          dayField < 0
              ? LocalDate.ofInstant(EpochMicros.toInstant(changedAt), reportingZone)
              : LocalDate.ofEpochDay(day(values[dayField]));
      put(values, DAY, day.toEpochDay());
      put(values, CHANGED_AT, changedAt);
      put(values, SOURCE, DeliveryRoute.JSON.id());
      put(values, PAYLOAD, payload);
      T row = codec.create(values);
      return new Read<>(row, day, key, checks.check(row));
    } catch (UnreadableValueException e) {
      return new Read<>(null, shownOn, key, e.violation());
    }
  }

  /** What tells rows apart, or the first part of it. */
  private Column key() {
    return columns.stream().filter(Column::key).findFirst().orElseThrow();
  }

  private void put(Object[] values, String column, Object value) {
    values[codec.schema().indexOf(column)] = value;
  }

  private static @Nullable Object value(Column column, Map<String, JsonNode> byHeader)
      throws UnreadableValueException {
    String text = text(column, byHeader);
    if (text != null) {
      return column.reader().read(text);
    }
    if (column.list()) {
      return List.of();
    }
    if (column.required()) {
      throw new UnreadableValueException(
          column.key() ? RejectionRule.MISSING_ID : RejectionRule.MISSING_FIELD,
          "%s is missing; it comes from %s"
              .formatted(column.name(), String.join(" or ", column.headers())));
    }
    return null;
  }

  private static @Nullable String text(Column column, Map<String, JsonNode> byHeader) {
    for (String header : column.headers()) {
      if (byHeader.containsKey(header)) {
        String text = CellReaders.text(byHeader.get(header));
        return text == null ? column.otherwise() : text;
      }
    }
    return column.otherwise();
  }

  private long changedAt(Map<String, JsonNode> byHeader, Instant shown)
      throws UnreadableValueException {
    for (String header : mapping.changedAt()) {
      String text = CellReaders.text(byHeader.get(header));
      if (text != null) {
        return CellReaders.micros(text, ZoneId.of(mapping.zone()), header);
      }
    }
    return EpochMicros.of(shown);
  }

  /** The day of a date, which is encoded as days, or of a time, which is so as microseconds. */
  private long day(Object value) {
    String type = codec.schema().getField(dayField).getType().getLogicalType().getIdentifier();
    return type.equals(EpochMicros.IDENTIFIER)
        ? LocalDate.ofInstant(EpochMicros.toInstant((Long) value), reportingZone).toEpochDay()
        : (Long) value;
  }
}
