package org.stripeanalytics.ingestion;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;

/** What earlier runs have put into the warehouse of the objects that a run is told of. */
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

  /**
   * The last state of a day.
   *
   * @param payload the object as it was delivered; null if it was not delivered on its own
   */
  record DayBefore(LocalDate day, @Nullable String payload) {}

  /** Every state of some objects that was delivered on its own. */
  List<Stored> of(WarehouseTable<?> table, Collection<String> ids);

  /** All rows of some objects, in no particular order. */
  default <T> List<T> rows(WarehouseTable<T> table, Collection<String> ids) {
    return List.of();
  }

  /** The last state of an object before a day. */
  default Optional<DayBefore> before(WarehouseTable<?> table, String id, LocalDate day) {
    return Optional.empty();
  }

  /** Whether there may be any events. */
  default boolean mayHoldEvents() {
    return false;
  }

  /**
   * The texts of events.
   *
   * @param seconds what they have to be of
   */
  default List<String> events(ObjectSeconds seconds) {
    return List.of();
  }
}
