package org.stripeanalytics.ingestion;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Asks the warehouse that a run is going to publish to. What it holds does not change before the
 * run is published, so whether a table has rows is asked once.
 */
final class StoredInWarehouse implements StoredStates {
  private static final long serialVersionUID = 1L;

  private final Warehouse warehouse;
  private transient Map<String, Boolean> mayHold;

  StoredInWarehouse(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public List<Stored> of(WarehouseTable<?> table, Collection<String> ids) {
    if (!mayHold(table)) {
      return List.of();
    }
    List<Stored> found = new ArrayList<>();
    for (List<Object> row :
        query("t.id, t._changed_at, t._payload", TableRead.of(table).having("id", ids))) {
      if (row.get(2) != null) {
        found.add(
            new Stored(
                (String) row.get(0), EpochMicros.of((Instant) row.get(1)), (String) row.get(2)));
      }
    }
    return found;
  }

  @Override
  public <T> List<T> rows(WarehouseTable<T> table, Collection<String> ids) {
    return mayHold(table) ? warehouse.list(TableRead.of(table).having("id", ids)) : List.of();
  }

  @Override
  public Optional<DayBefore> before(WarehouseTable<?> table, String id, LocalDate day) {
    if (!mayHold(table)) {
      return Optional.empty();
    }
    return query(
            "t._snapshot_date, t._payload",
            TableRead.of(table).having("id", List.of(id)).before("_snapshot_date", day))
        .stream()
        .map(row -> new DayBefore((LocalDate) row.get(0), (String) row.get(1)))
        .max((one, other) -> one.day().compareTo(other.day()));
  }

  @Override
  public boolean mayHoldEvents() {
    return mayHold(Tables.EVENTS);
  }

  @Override
  public List<String> events(ObjectSeconds seconds) {
    // The texts are long, and nearly all events of these objects are of other seconds.
    List<String> ids = new ArrayList<>();
    for (List<Object> row :
        query(
            "t.id, t.object_id, t.created",
            TableRead.of(Tables.EVENTS)
                .during(seconds.days())
                .having("object_id", seconds.ids()))) {
      if (seconds.contains((String) row.get(1), EpochMicros.of((Instant) row.get(2)))) {
        ids.add((String) row.get(0));
      }
    }
    if (ids.isEmpty()) {
      return List.of();
    }
    return query("t._payload", TableRead.of(Tables.EVENTS).during(seconds.days()).having("id", ids))
        .stream()
        .filter(row -> row.get(0) != null)
        .map(row -> (String) row.get(0))
        .toList();
  }

  private boolean mayHold(WarehouseTable<?> table) {
    if (mayHold == null) {
      mayHold = new HashMap<>();
    }
    return mayHold.computeIfAbsent(table.name(), absent -> warehouse.mayHold(TableRead.of(table)));
  }

  private List<List<Object>> query(String columns, TableRead<?> read) {
    return warehouse
        .query(
            "SELECT %s FROM %s AS t WHERE %s"
                .formatted(columns, read.table().name(), read.condition().orElseThrow()))
        .rows();
  }
}
