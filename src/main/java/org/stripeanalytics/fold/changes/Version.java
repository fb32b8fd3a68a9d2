package org.stripeanalytics.fold.changes;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;

/** One end-of-day version of a Stripe object. */
public interface Version {
  /** Time order; within an instant the order of the days, then of the ids, so that it is total. */
  Comparator<Version> IN_TIME_ORDER =
      Comparator.comparing(Version::getChangedAt)
          .thenComparing(Version::getSnapshotDate)
          .thenComparing(Version::getId);

  String getId();

  /** When the object came to be, whatever day it was first seen. */
  Instant getCreated();

  /** When it became what this version says. */
  Instant getChangedAt();

  LocalDate getSnapshotDate();
}
