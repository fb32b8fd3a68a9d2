package org.stripeanalytics.ingestion;

import static java.util.stream.Collectors.groupingBy;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.DeliveryRoute;
import org.stripeanalytics.quality.Violation;

/**
 * Looks up what the warehouse knows of objects, so that deliveries in several runs give the same
 * rows as in one. Little of a run needs it: a second of which there are events already, lists that
 * do not show all their elements, parts, and prices and coupons, which have members that have to be
 * expanded. Not thread-safe.
 */
final class EarlierRuns {
  private final StoredStates stored;
  private final RecordParser parser;

  /**
   * @param parser that of the run, so that stored events are read as its own
   */
  EarlierRuns(StoredStates stored, RecordParser parser) {
    this.stored = stored;
    this.parser = parser;
  }

  /** What a run was told of an object. */
  record Told(WarehouseTable<?> table, String id, Said said) {}

  /** Whether the warehouse may know something that matters for an object. */
  boolean matterFor(Told told) {
    return needsRows(told) || (stored.mayHoldEvents() && !seconds(told).isEmpty());
  }

  /** Adds what earlier events say of the same seconds. */
  void addEvents(Collection<Told> objects) {
    ObjectSeconds seconds = new ObjectSeconds();
    Map<String, Told> byKey = new HashMap<>();
    if (stored.mayHoldEvents()) {
      for (Told told : objects) {
        byKey.put(told.table().name() + ' ' + told.id(), told);
        seconds(told)
            .forEach(row -> seconds.add(told.id(), row.getDay(), row.getChangedAtMicros()));
      }
    }
    if (!seconds.isEmpty()) {
      LocalDate lastDay = seconds.days().to();
      for (String event : stored.events(seconds)) {
        parser.startBundle();
        parser.parse(event, lastDay, new AddTo(byKey));
      }
    }
  }

  /** All rows of those objects that need them, by object. */
  <T> Map<String, List<T>> rows(WarehouseTable<T> table, Collection<Told> objects) {
    List<String> ids =
        objects.stream()
            .filter(told -> told.table().equals(table) && needsRows(told))
            .map(Told::id)
            .toList();
    if (ids.isEmpty()) {
      return Map.of();
    }
    TableRows<T> rows = TableRows.of(table);
    return stored.rows(table, ids).stream()
        .collect(groupingBy(row -> String.valueOf(rows.get(row, "id"))));
  }

  private static boolean needsRows(Told told) {
    // Members may be missing in the run or in the warehouse.
    return !ExpandedMembers.of(told.table().name()).isEmpty()
        || (ListedParts.of(told.table()) != null
            && told.said().kept().stream()
                .anyMatch(row -> row.getMissing() != 0 || row.kind() == VersionedRow.Kind.PART));
  }

  /** What was said of the object by events of its own. */
  private static List<VersionedRow> seconds(Told told) {
    return told.said().kept().stream().filter(EarlierRuns::isOfEvent).toList();
  }

  private static boolean isOfEvent(VersionedRow row) {
    return row.getRoute() == DeliveryRoute.WEBHOOK.ordinal()
        && !row.getNested()
        && row.kind() != VersionedRow.Kind.PART
        && !row.getTable().equals(Tables.EVENTS.name());
  }

  /** Takes of an event what it says of its object; the rest has been published with it. */
  private record AddTo(Map<String, Told> byKey) implements RecordParser.Output {
    @Override
    public void row(VersionedRow row) {
      Told told = byKey.get(row.getTable() + ' ' + row.getObject());
      if (told != null && isOfEvent(row)) {
        told.said().recall(row);
      }
    }

    @Override
    public void notice(String subject, String example) {
      // It was named when it came.
    }

    @Override
    public void rejected(
        @Nullable WarehouseTable<?> table, @Nullable String id, Violation violation, String json) {
      // So it was when it came.
    }

    @Override
    public void ignored(String name) {
      // So it was when it came.
    }
  }
}
