package org.stripeanalytics.synthesis.history;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.synthesis.json.Related;

/**
 * One Stripe object as it stood at an instant.
 *
 * @param row the object as a row of its raw table
 * @param day the day of the reporting zone on which the instant falls
 * @param related what Stripe shows inside the object although it belongs to others
 * @param events the types of the events by which Stripe reports it, in order; may be empty
 */
public record Snapshot<T>(
    WarehouseTable<T> table,
    String id,
    T row,
    Instant at,
    LocalDate day,
    Related related,
    List<String> events) {}
