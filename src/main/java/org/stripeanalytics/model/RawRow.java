package org.stripeanalytics.model;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A state of an object of a source, as at the end of a day. The build has the class of every table
 * with these columns implement it, and its builder implement {@link Builder}.
 */
public interface RawRow {
  String getId();

  /** When the object came to be in this state. */
  Instant getChangedAt();

  /** The day at whose end it was in this state. */
  LocalDate getSnapshotDate();

  /** Where the state was read. */
  String getSource();

  /**
   * Builds a row of any such table.
   *
   * @param <T> its class
   */
  interface Builder<T extends RawRow> {
    Builder<T> setChangedAt(Instant value);

    Builder<T> setSnapshotDate(LocalDate value);

    Builder<T> setSource(String value);

    T build();
  }
}
