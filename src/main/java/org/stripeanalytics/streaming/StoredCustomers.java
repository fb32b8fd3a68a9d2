package org.stripeanalytics.streaming;

import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.intermediate.FindOwners;
import org.stripeanalytics.intermediate.ReadChanges;
import org.stripeanalytics.intermediate.ReadStoredOwners;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.streaming.FollowOwners.StoredOwners;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * What a warehouse knows when a job starts.
 *
 * @param month first of the first open month
 * @param asOf first day that it does not know
 * @param changes of the open months, and the states before them, with their customers; bounded
 * @param owners whose the objects of earlier months are
 * @param catalog products, prices and discounts, now and later
 */
public record StoredCustomers(
    LocalDate month,
    LocalDate asOf,
    PCollection<Change> changes,
    StoredOwners owners,
    CatalogSource catalog) {
  private static final LocalDate NEVER = LocalDate.of(9999, 1, 1);

  /**
   * Reads it, with the same steps as a transform of the open months.
   *
   * @param month first of the first open month
   * @param asOf first day that is not folded before a change of it comes, stored or streamed
   */
  public static StoredCustomers read(
      Pipeline pipeline,
      Warehouse warehouse,
      LocalDate month,
      LocalDate asOf,
      ReportingFrame frame) {
    Instant from = Days.start(month, frame.zone());
    PCollection<Change> changes =
        pipeline.apply(
            "ReadChanges", ReadChanges.from(warehouse, DataInterval.of(month, NEVER), frame));
    ReadStoredOwners read = ReadStoredOwners.before(month, warehouse);
    PCollection<ObjectOwner> owners =
        read.mayFindAny()
            ? changes
                .apply("AskedByChanges", FindOwners.asked(from))
                .apply("ReadStoredOwners", read)
            : null;
    return new StoredCustomers(
        month,
        asOf,
        changes.apply("FindOwners", FindOwners.among(from, owners)),
        StoredOwners.in(warehouse),
        CatalogSource.in(warehouse));
  }
}
