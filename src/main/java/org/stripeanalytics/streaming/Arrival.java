package org.stripeanalytics.streaming;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.changes.Version;
import org.stripeanalytics.model.schema.RowCoder;

/** A change of one of a customer's objects, and how much was known when it was made. */
@AutoValue
@DefaultCoder(RowCoder.class)
abstract class Arrival {
  /** Of what a warehouse knows already. */
  private static final long STORED = 0;

  abstract Change getChange();

  /** Grows with what is known of the object; 0 if it was read from a warehouse. */
  abstract long getOrder();

  static Arrival of(Change change, long order) {
    return builder().setChange(change).setOrder(order).build();
  }

  static Arrival stored(Change change) {
    return of(change, STORED);
  }

  Arrival with(Change change) {
    return of(change, getOrder());
  }

  /** What there is one of: an object's version of a day, or the state at a month's end. */
  String slot() {
    Version version = getChange().version();
    return version == null
        ? "state " + getChange().getCheckpoint().getMonth()
        : version.getClass().getSimpleName()
            + ' '
            + version.getId()
            + ' '
            + version.getSnapshotDate();
  }

  /** Whether it takes the place of one of the same slot. */
  boolean supersedes(Arrival other) {
    if (getChange().version() == null || other.getChange().version() == null) {
      return true;
    }
    int byTime = getChange().changedAt().compareTo(other.getChange().changedAt());
    return byTime == 0 ? getOrder() >= other.getOrder() : byTime > 0;
  }

  static Builder builder() {
    return new AutoValue_Arrival.Builder();
  }

  /** Beam rebuilds arrivals through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setChange(Change change);

    abstract Builder setOrder(long order);

    abstract Arrival build();
  }
}
