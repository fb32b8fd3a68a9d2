package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.common.collect.ImmutableMap;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.DeliveryRoute;

/**
 * Makes the rows of one object, at most one a day, of all that was said of it. Parts are put into
 * the lists that lack them, expanded members into the states without, and a deletion is the state
 * before it, marked. Plain Java, the same in whatever order things were said. Not thread-safe.
 */
final class ObjectVersions<T> {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What came of an object.
   *
   * @param rows in the order of their days
   * @param unexplained deletions of an object that nothing else is known of
   * @param ownerless parts of an object that nothing else is known of
   * @param again how many rows the warehouse has already, which parts or expanded members were
   *     added to
   * @param missing how many elements its lists lack at most, or {@link Pages#SOME}
   * @param arbitrary on how many days only a hash told the last version from others
   */
  record Outcome<T>(
      List<T> rows,
      List<VersionedRow> unexplained,
      List<VersionedRow> ownerless,
      int again,
      long missing,
      int arbitrary) {}

  /**
   * What the warehouse has of an object.
   *
   * @param rows where they may be needed: of objects with parts, or lists that lack some, or
   *     members that have to be expanded
   * @param before its last state before a day
   */
  record Earlier<T>(List<T> rows, Function<LocalDate, Optional<StoredStates.DayBefore>> before) {
    static <T> Earlier<T> nothing() {
      return new Earlier<>(List.of(), day -> Optional.empty());
    }
  }

  private final String name;
  private final TableRows<T> table;
  private final ImmutableMap<String, Object> whenDeleted;
  private final @Nullable ListedParts parts;

  private ObjectVersions(WarehouseTable<T> table) {
    this.name = table.name();
    this.table = TableRows.of(table);
    this.whenDeleted = Deletions.columnsOf(table.name());
    this.parts = ListedParts.of(table);
  }

  static <T> ObjectVersions<T> of(WarehouseTable<T> table) {
    return new ObjectVersions<>(table);
  }

  Outcome<T> of(Said said) {
    return of(said, Earlier.nothing());
  }

  Outcome<T> of(Said said, Earlier<T> earlier) {
    List<VersionedRow> delivered = said.ofKind(VersionedRow.Kind.PART);
    TreeMap<Long, VersionedRow> states = new TreeMap<>();
    TreeMap<Long, T> rows = new TreeMap<>();
    long missing = 0;
    int arbitrary = 0;
    for (Map.Entry<Long, List<VersionedRow>> day : said.lastOfDay().entrySet()) {
      List<VersionedRow> rivals = day.getValue();
      VersionedRow last = rivals.get(0);
      if (rivals.size() > 1) {
        ContentOrder.Last chosen = last(rivals, day.getKey(), rows, earlier);
        last = rivals.get(chosen.index());
        arbitrary += chosen.arbitrary() ? 1 : 0;
      }
      T row = table.decode(last.getRow());
      if (last.getMissing() != 0 && parts != null) {
        row =
            parts.complete(table, row, last.getMissing(), delivered, nearest(earlier.rows(), row));
        missing = missing == 0 ? ListedParts.missing(table, row) : missing;
      }
      states.put(day.getKey(), last);
      rows.put(day.getKey(), row);
    }
    int again = parts == null ? 0 : completeStored(earlier.rows(), delivered, rows);
    if (!ExpandedMembers.of(name).isEmpty()) {
      List<T> others = new ArrayList<>(earlier.rows());
      said.lastExpanded().forEach(state -> others.add(table.decode(state.getRow())));
      again += expandStored(earlier.rows(), others, rows);
      rows.replaceAll((day, row) -> completed(row, others));
    }
    List<VersionedRow> unexplained = new ArrayList<>();
    for (VersionedRow deletion : lastDeletions(said.ofKind(VersionedRow.Kind.DELETION))) {
      delete(deletion, states, rows, unexplained::add);
    }
    boolean hasOwner = !states.isEmpty() || !earlier.rows().isEmpty();
    return new Outcome<>(
        new ArrayList<>(rows.values()),
        unexplained,
        hasOwner ? List.of() : delivered,
        again,
        missing,
        arbitrary);
  }

  /**
   * Adds parts to what the warehouse has of the object, unless the run has a later state of that
   * day.
   *
   * @return how many rows were added to those of the run
   */
  private int completeStored(List<T> stored, List<VersionedRow> delivered, TreeMap<Long, T> rows) {
    int again = 0;
    for (T row : delivered.isEmpty() ? List.<T>of() : stored) {
      long day = (Long) table.get(row, "_snapshot_date");
      T ofRun = rows.get(day);
      long missing = ListedParts.missing(table, row);
      if (missing != 0 && (ofRun == null || changedAt(ofRun) < changedAt(row))) {
        T completed = parts.complete(table, row, missing, delivered, List.of());
        if (ListedParts.missing(table, completed) != missing) {
          rows.put(day, completed);
          again += ofRun == null ? 1 : 0;
        }
      }
    }
    return again;
  }

  /**
   * Adds {@link ExpandedMembers} to what the warehouse has of the object without them, unless the
   * run has a later state of that day.
   *
   * @return how many rows were added to those of the run
   */
  private int expandStored(List<T> stored, List<T> others, TreeMap<Long, T> rows) {
    int again = 0;
    for (T row : stored) {
      long day = (Long) table.get(row, "_snapshot_date");
      T ofRun = rows.get(day);
      T completed = completed(row, others);
      if (completed != row && (ofRun == null || changedAt(ofRun) < changedAt(row))) {
        rows.put(day, completed);
        again += ofRun == null ? 1 : 0;
      }
    }
    return again;
  }

  /** With the {@link ExpandedMembers} that it lacks; the row itself if there are none to add. */
  T completed(T row, List<T> others) {
    return ExpandedMembers.complete(name, table, row, nearest(others, row));
  }

  /** The rows from the newest one before a time on back, and then those after it. */
  private List<T> nearest(List<T> stored, T row) {
    long at = changedAt(row);
    return stored.stream()
        .sorted(
            Comparator.comparing((T other) -> changedAt(other) > at)
                .thenComparing(other -> Math.abs(changedAt(other) - at)))
        .toList();
  }

  private long changedAt(T row) {
    return (Long) table.get(row, "_changed_at");
  }

  /** The state that a row has when it is deleted. */
  T deleted(T before, VersionedRow deletion) {
    Map<String, Object> values = new LinkedHashMap<>(whenDeleted);
    values.put("_snapshot_date", deletion.getDay());
    values.put("_changed_at", deletion.getChangedAtMicros());
    values.put("_source", DeliveryRoute.values()[(int) deletion.getRoute()].id());
    values.put("_payload", new String(deletion.getRow(), UTF_8));
    return table.with(before, values);
  }

  private void delete(
      VersionedRow deletion,
      TreeMap<Long, VersionedRow> states,
      TreeMap<Long, T> rows,
      Consumer<VersionedRow> unexplained) {
    long day = deletion.getDay();
    Map.Entry<Long, VersionedRow> before = states.floorEntry(day);
    if (before == null) {
      unexplained.accept(deletion);
    } else if (before.getKey() < day
        || before.getValue().getChangedAtMicros() <= deletion.getChangedAtMicros()) {
      rows.put(day, deleted(rows.get(before.getKey()), deletion));
    }
  }

  /** One a day. */
  private static List<VersionedRow> lastDeletions(List<VersionedRow> deletions) {
    TreeMap<Long, VersionedRow> byDay = new TreeMap<>();
    Comparator<VersionedRow> order =
        Comparator.comparingLong(VersionedRow::getChangedAtMicros)
            .thenComparingLong(VersionedRow::getRoute)
            .thenComparing(row -> new String(row.getRow(), UTF_8));
    for (VersionedRow deletion : deletions) {
      byDay.merge(
          deletion.getDay(),
          deletion,
          (one, other) -> order.compare(one, other) >= 0 ? one : other);
    }
    return new ArrayList<>(byDay.values());
  }

  /**
   * @param rows those of earlier days
   */
  private ContentOrder.Last last(
      List<VersionedRow> rivals, long day, TreeMap<Long, T> rows, Earlier<T> earlier) {
    return ContentOrder.last(
        rivals.stream().map(this::version).toList(),
        () -> {
          Map.Entry<Long, T> before = rows.lowerEntry(day);
          Optional<StoredStates.DayBefore> stored =
              earlier.before().apply(LocalDate.ofEpochDay(day));
          return stored.isPresent()
                  && (before == null || stored.get().day().toEpochDay() > before.getKey())
              ? json(stored.get().payload())
              : before == null
                  ? MissingNode.getInstance()
                  : json((String) table.get(before.getValue(), "_payload"));
        });
  }

  private ContentOrder.Version version(VersionedRow row) {
    T decoded = table.decode(row.getRow());
    String payload = (String) table.get(decoded, "_payload");
    return new ContentOrder.Version(
        row.stage(),
        json(payload),
        row.getPreviousAttributes() == null ? null : json(row.getPreviousAttributes()),
        table.progress(decoded),
        payload == null ? "" : payload,
        row.getRow());
  }

  private static JsonNode json(@Nullable String text) {
    try {
      return text == null ? MissingNode.getInstance() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("what was parsed once cannot be parsed again", e);
    }
  }
}
