package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.quality.RowChecks;
import org.stripeanalytics.quality.Violation;

/** Reads rows of one table, checks them, and makes them comparable. Not thread-safe. */
final class VersionReader<T> {
  private static final String KEY_SEPARATOR = "\u001F";
  private static final String DAY = "_snapshot_date";

  private final WarehouseTable<T> table;
  private final RowReader<T> reader;
  private final RowChecks<T> checks;
  private final TableRows<T> rows;
  private final int[] keyFields;
  private final boolean needsMode;

  private VersionReader(WarehouseTable<T> table, RowChecks<T> checks) {
    this.table = table;
    this.reader = RowReader.of(table.rowClass());
    this.checks = checks;
    this.rows = TableRows.of(table);
    this.needsMode =
        table.contract().columns().stream()
            .anyMatch(
                field -> field.getName().equals("livemode") && "REQUIRED".equals(field.getMode()));
    this.keyFields =
        table.contract().primaryKey().stream()
            .filter(column -> !column.equals(DAY))
            .mapToInt(rows::indexOf)
            .toArray();
  }

  /**
   * @param unknownValues takes values that Stripe has added
   */
  static <T> VersionReader<T> of(WarehouseTable<T> table, RowChecks.UnknownValues unknownValues) {
    return new VersionReader<>(table, RowChecks.noting(unknownValues, table));
  }

  /**
   * Whether Stripe's objects of this table say themselves whether they are of live or test mode.
   */
  boolean needsMode() {
    return needsMode;
  }

  /**
   * Reads a row and hands it on, unless it breaks a rule.
   *
   * @param object in the shape of the table's columns
   * @param payload the object as it was delivered; null if it was not delivered on its own
   * @return the rule it breaks; null if none
   * @throws UnreadableValueException when the object is no row of the table
   */
  @Nullable Violation read(
      JsonNode object,
      Occasion occasion,
      @Nullable String payload,
      Consumer<? super VersionedRow> output)
      throws UnreadableValueException {
    Map<String, @Nullable Object> metadata = new HashMap<>();
    metadata.put(DAY, occasion.day().toEpochDay());
    metadata.put("_changed_at", EpochMicros.of(occasion.changedAt()));
    metadata.put("_source", occasion.route().id());
    metadata.put("_payload", payload);
    T row = reader.read(object, metadata);
    Violation violation = checks.check(row);
    if (violation == null) {
      output.accept(
          about(VersionedRow.Kind.STATE, occasion)
              .setObject(key(row))
              .setPreviousAttributes(occasion.previousAttributes())
              .setMissing(missing(object))
              .setRow(rows.encode(row))
              .build());
    }
    return violation;
  }

  /**
   * What a stub says.
   *
   * @param payload the stub
   */
  VersionedRow deletion(String id, Occasion occasion, String payload) {
    return about(VersionedRow.Kind.DELETION, occasion)
        .setObject(id)
        .setRow(payload.getBytes(UTF_8))
        .build();
  }

  /**
   * An element of one of the lists of this table's objects.
   *
   * @param owner the id of the object
   * @param json the element as it was delivered
   * @throws UnreadableValueException when it is none
   */
  VersionedRow part(String owner, ObjectNode element, Occasion occasion, String json)
      throws UnreadableValueException {
    Object unused = ListedParts.of(table).read(element, occasion.changedAt());
    return about(VersionedRow.Kind.PART, occasion)
        .setObject(owner)
        .setRow(json.getBytes(UTF_8))
        .build();
  }

  private VersionedRow.Builder about(VersionedRow.Kind kind, Occasion occasion) {
    return VersionedRow.builder()
        .setTable(table.name())
        .setDay(occasion.day().toEpochDay())
        .setChangedAtMicros(EpochMicros.of(occasion.changedAt()))
        .setRoute(occasion.route().ordinal())
        .setKind(kind.ordinal())
        .setStage(occasion.stage().ordinal())
        .setNested(occasion.nested())
        .setMissing(0);
  }

  private long missing(JsonNode object) {
    ListedParts parts = ListedParts.of(table);
    return parts == null
        ? ExpandedMembers.missing(table.name(), object)
        : Pages.missing(object.path(parts.column()));
  }

  private String key(T row) {
    if (keyFields.length == 1) {
      return String.valueOf(rows.get(row, keyFields[0]));
    }
    return IntStream.of(keyFields)
        .mapToObj(field -> String.valueOf(rows.get(row, field)))
        .collect(joining(KEY_SEPARATOR));
  }
}
