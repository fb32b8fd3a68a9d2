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
 * @param eventId the event that tells it; null if none does
 */
record Occasion(LocalDate day, Instant changedAt, DeliveryRoute route, @Nullable String eventId) {}
