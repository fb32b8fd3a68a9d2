package org.stripeanalytics.ingestion;

import static java.util.stream.Collectors.joining;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/** What the warehouse has of objects that a run hears no more of than that they were deleted. */
interface StoredStates extends Serializable {
  /** For a run that begins with nothing. */
  StoredStates NONE = (table, ids) -> List.of();

  /**
   * A state that was delivered on its own.
   *
   * @param changedAtMicros since when, in microseconds since the epoch
   * @param payload the object as it was delivered
   */
  record Stored(String id, long changedAtMicros, String payload) {}

  List<Stored> of(WarehouseTable<?> table, Collection<String> ids);

  static StoredStates in(Warehouse warehouse) {
    return (table, ids) -> query(warehouse, table, ids);
  }

  private static List<Stored> query(
      Warehouse warehouse, WarehouseTable<?> table, Collection<String> ids) {
    // Stripe's ids need no quoting, and nothing else is put into a statement.
    Pattern safe = Pattern.compile("[A-Za-z0-9_ .-]+");
    String list =
        ids.stream()
            .filter(id -> safe.matcher(id).matches())
            .map(id -> "'" + id + "'")
            .collect(joining(", "));
    List<Stored> found = new ArrayList<>();
    if (!list.isEmpty() && warehouse.mayHold(TableRead.of(table))) {
      String sql =
          "SELECT t.id, t._changed_at, t._payload FROM %s AS t WHERE t._payload IS NOT NULL AND t.id IN (%s)"
              .formatted(table.name(), list);
      for (List<Object> row : warehouse.query(sql).rows()) {
        found.add(
            new Stored(
                (String) row.get(0), EpochMicros.of((Instant) row.get(1)), (String) row.get(2)));
      }
    }
    return found;
  }
}
