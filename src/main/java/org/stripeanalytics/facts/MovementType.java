package org.stripeanalytics.facts;

import java.util.Locale;
import java.util.Optional;

/** What happened to a customer's MRR between two points in time. Tested in the order they stand. */
public enum MovementType {
  /** None before, some now, and never any earlier. */
  NEW,
  /** None before, some now, but some at an earlier time. */
  REACTIVATION,
  /** Some before, none now. */
  CHURN,
  /** More than before. */
  EXPANSION,
  /** Less than before, but some. */
  CONTRACTION;

  /**
   * @param before MRR at the earlier point, in any unit
   * @param after MRR at the later point
   * @param hadBefore whether there was any at a point before the earlier one
   * @return empty where nothing moved
   */
  public static Optional<MovementType> of(long before, long after, boolean hadBefore) {
    if (before == after) {
      return Optional.empty();
    }
    if (before == 0) {
      return Optional.of(hadBefore ? REACTIVATION : NEW);
    }
    if (after == 0) {
      return Optional.of(CHURN);
    }
    return Optional.of(after > before ? EXPANSION : CONTRACTION);
  }

  /** The type of that name in the tables. */
  public static MovementType named(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** The name it has in the tables. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
