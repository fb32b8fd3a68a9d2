package org.stripeanalytics.ingestion;

import static java.util.stream.Collectors.toMap;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.RowCodec;

/** The rows of raw tables that come of several records, made without a pipeline. */
final class Versions {
  private static final Map<WarehouseTable<?>, ObjectVersions<?>> MAKERS = new HashMap<>();

  private final Map<String, Said> objects = new TreeMap<>();
  private final List<String> notices = new ArrayList<>();
  private final List<String> rejections = new ArrayList<>();

  static Versions of(StripeObject... records) {
    return extractedOn(null, records);
  }

  /**
   * @param day of which plain objects show the end; null if there are none
   */
  static Versions extractedOn(@Nullable String day, StripeObject... records) {
    Versions versions = new Versions();
    for (StripeObject record : records) {
      Parsed parsed = Parsed.of(record.json(), day == null ? null : LocalDate.parse(day), "UTC");
      versions.add(parsed.rows());
      versions.notices.addAll(parsed.notices());
      versions.rejections.addAll(parsed.rejections());
    }
    return versions;
  }

  static Versions ofRows(Collection<VersionedRow> rows) {
    Versions versions = new Versions();
    versions.add(rows);
    return versions;
  }

  private void add(Collection<VersionedRow> rows) {
    for (VersionedRow row : rows) {
      objects.computeIfAbsent(key(row.getTable(), row.getObject()), key -> new Said()).add(row);
    }
  }

  List<String> notices() {
    return notices;
  }

  List<String> rejections() {
    return rejections;
  }

  /** What came of one object. */
  <T> ObjectVersions.Outcome<T> of(WarehouseTable<T> table, String id) {
    return outcome(table, objects.getOrDefault(key(table.name(), id), new Said()));
  }

  /** The newest row of an object. */
  <T> T newest(WarehouseTable<T> table, String id) {
    List<T> rows = of(table, id).rows();
    if (rows.isEmpty()) {
      throw new AssertionError(table + " has no " + id + " but " + objects.keySet());
    }
    return rows.get(rows.size() - 1);
  }

  /** The ids of all objects of a table. */
  List<String> ids(WarehouseTable<?> table) {
    String prefix = key(table.name(), "");
    return objects.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()))
        .toList();
  }

  /** All rows of a table, by object. */
  <T> Map<String, List<T>> all(WarehouseTable<T> table) {
    return ids(table).stream().collect(toMap(id -> id, id -> of(table, id).rows()));
  }

  /** The text of the object that a row was made of; null if it was not delivered on its own. */
  static <T> @Nullable String payload(WarehouseTable<T> table, Object row) {
    RowCodec<T> codec = RowCodec.of(table.rowClass());
    return (String) codec.get(table.rowClass().cast(row), codec.schema().indexOf("_payload"));
  }

  @SuppressWarnings("unchecked")
  private static <T> ObjectVersions.Outcome<T> outcome(WarehouseTable<T> table, Said said) {
    return ((ObjectVersions<T>) MAKERS.computeIfAbsent(table, ObjectVersions::of)).of(said);
  }

  private static String key(String table, String id) {
    return table + ' ' + id;
  }
}
