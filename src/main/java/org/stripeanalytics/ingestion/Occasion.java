package org.stripeanalytics.ingestion;

import java.time.Instant;
import java.time.LocalDate;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.DeliveryRoute;

/**
 * When an object was in the state that was delivered, and how we know.
 *
 * @param day the day of the reporting zone, {@code _snapshot_date}
 * @param changedAt {@code _changed_at}
 * @param route {@code _source}
 * @param stage where in the object's life the event belongs
 * @param previousAttributes what the event says it changed, as JSON; null if it does not say
 * @param nested whether the object stood inside another one
 */
record Occasion(
    LocalDate day,
    Instant changedAt,
    DeliveryRoute route,
    Stage stage,
    @Nullable String previousAttributes,
    boolean nested) {

  /** What comes first and what comes last among the changes of one second. */
  enum Stage {
    CREATED,
    CHANGED,
    DELETED;

    /**
     * @param eventType as in {@code customer.created}
     */
    static Stage of(String eventType) {
      return eventType.endsWith(".created")
          ? CREATED
          : eventType.endsWith(".deleted") ? DELETED : CHANGED;
    }
  }

  /** Of a file that shows how things are at a time. */
  static Occasion export(LocalDate day, Instant knownAt) {
    return new Occasion(day, knownAt, DeliveryRoute.JSON, Stage.CHANGED, null, false);
  }

  /** Of what Stripe's API shows at a time. */
  static Occasion asked(LocalDate day, Instant at) {
    return new Occasion(day, at, DeliveryRoute.STRIPE_API, Stage.CHANGED, null, false);
  }

  /** The same for an object inside the one that this is the occasion of. */
  Occasion ofNested() {
    return new Occasion(day, changedAt, route, Stage.CHANGED, null, true);
  }

  /** The same at another time. */
  Occasion at(LocalDate otherDay, Instant time) {
    return new Occasion(otherDay, time, route, stage, previousAttributes, nested);
  }
}
