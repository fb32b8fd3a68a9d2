package org.stripeanalytics.intermediate;

import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads what changed in an interval, as slim {@link Change}s: only the columns that the fold reads,
 * of the tables that it needs. Bounded, in the global window, in no order.
 */
public final class ReadChanges extends PTransform<PBegin, PCollection<Change>> {
  private final Warehouse warehouse;
  private final DataInterval interval;

  private ReadChanges(Warehouse warehouse, DataInterval interval) {
    this.warehouse = warehouse;
    this.interval = interval;
  }

  public static ReadChanges from(Warehouse warehouse, DataInterval interval) {
    return new ReadChanges(warehouse, interval);
  }

  @Override
  public PCollection<Change> expand(PBegin begin) {
    PCollection<Change> customers =
        begin
            .apply(
                "ReadCustomers",
                warehouse.read(
                    TableRead.of(Tables.CUSTOMERS).as(CustomerSnapshot.class).during(interval)))
            .apply(
                "CustomerChanges",
                MapElements.into(TypeDescriptor.of(Change.class))
                    .via((CustomerSnapshot customer) -> Change.of(customer)));
    PCollection<Change> subscriptions =
        begin
            .apply(
                "ReadSubscriptions",
                warehouse.read(
                    TableRead.of(Tables.SUBSCRIPTIONS)
                        .as(SubscriptionSnapshot.class)
                        .during(interval)))
            .apply(
                "SubscriptionChanges",
                MapElements.into(TypeDescriptor.of(Change.class))
                    .via((SubscriptionSnapshot subscription) -> Change.of(subscription)));
    PCollection<Change> invoices =
        begin
            .apply(
                "ReadInvoices",
                warehouse.read(
                    TableRead.of(Tables.INVOICES).as(InvoiceSnapshot.class).during(interval)))
            .apply("DropOwnerless", Filter.by(invoice -> invoice.getCustomer() != null))
            .apply(
                "InvoiceChanges",
                MapElements.into(TypeDescriptor.of(Change.class))
                    .via((InvoiceSnapshot invoice) -> Change.of(invoice)));
    return PCollectionList.of(customers)
        .and(subscriptions)
        .and(invoices)
        .apply("FlattenChanges", Flatten.pCollections());
  }
}
