package org.stripeanalytics.intermediate;

import java.time.LocalDate;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.CustomerCheckpoint;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.staging.KeepMode;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads what changed in an interval, as slim {@link Change}s with their customers: only the columns
 * that the fold reads, of the tables that it needs, and the states that earlier runs left. Live
 * objects by default, test-mode ones by option; refunds do not say which they are. A payment method
 * detached from its customer says nothing about anybody, and all of them would be one customer's.
 * Bounded, in the global window, in no order.
 */
public final class ReadChanges extends PTransform<PBegin, PCollection<Change>> {
  /** Before the first of everything. */
  private static final LocalDate EVER = LocalDate.of(2000, 1, 1);

  private final Warehouse warehouse;
  private final DataInterval interval;
  private final MetricPolicies policies;
  private final @Nullable PCollection<ObjectOwner> storedOwners;

  private ReadChanges(
      Warehouse warehouse,
      DataInterval interval,
      MetricPolicies policies,
      @Nullable PCollection<ObjectOwner> storedOwners) {
    this.storedOwners = storedOwners;
    this.warehouse = warehouse;
    this.interval = interval;
    this.policies = policies;
  }

  /**
   * @param storedOwners whose the objects of earlier intervals are; null if there are none
   */
  public static ReadChanges from(
      Warehouse warehouse,
      DataInterval interval,
      MetricPolicies policies,
      @Nullable PCollection<ObjectOwner> storedOwners) {
    return new ReadChanges(warehouse, interval, policies, storedOwners);
  }

  /** Everything before a day. */
  static DataInterval before(LocalDate day) {
    return DataInterval.of(EVER, day);
  }

  @Override
  public PCollection<Change> expand(PBegin begin) {
    PCollection<Change> owned =
        PCollectionList.of(read(begin, Tables.CUSTOMERS, CustomerSnapshot.class, Change::of))
            .and(
                read(begin, Tables.PAYMENT_METHODS, PaymentMethodSnapshot.class, Change::of)
                    .apply("LeaveOutDetached", Filter.by(Change::isOfSomebody)))
            .and(read(begin, Tables.SUBSCRIPTIONS, SubscriptionSnapshot.class, Change::of))
            .and(read(begin, Tables.INVOICES, InvoiceSnapshot.class, Change::of))
            .and(read(begin, Tables.INVOICE_PAYMENTS, InvoicePaymentSnapshot.class, Change::of))
            .and(read(begin, Tables.CHARGES, ChargeSnapshot.class, Change::of))
            .and(read(begin, Tables.REFUNDS, RefundSnapshot.class, Change::of))
            .and(read(begin, Tables.DISPUTES, DisputeSnapshot.class, Change::of))
            .apply("FlattenChanges", Flatten.pCollections())
            .apply(
                "FindOwners",
                FindOwners.among(
                    Days.start(interval.from(), policies.reportingZone()), storedOwners));
    TableRead<CustomerCheckpoint> states =
        TableRead.of(Tables.CUSTOMER_STATE).during(before(interval.from())).newestOf("customer_id");
    return warehouse.mayHold(states)
        ? PCollectionList.of(owned)
            .and(storedStates(begin, states))
            .apply("FlattenWithStates", Flatten.pCollections())
        : owned;
  }

  private <T> PCollection<Change> read(
      PBegin begin,
      WarehouseTable<?> table,
      Class<T> projection,
      SerializableFunction<T, Change> toChange) {
    String name = projection.getSimpleName().replace("Snapshot", "");
    return begin
        .apply(
            "Read" + name + "Versions",
            warehouse.read(TableRead.of(table).as(projection).during(interval)))
        .apply("Keep" + name + "Mode", KeepMode.of(projection, policies.livemode()))
        .apply(
            "Make" + name + "Changes",
            MapElements.into(TypeDescriptor.of(Change.class)).via(toChange));
  }

  private PCollection<Change> storedStates(PBegin begin, TableRead<CustomerCheckpoint> states) {
    return begin
        .apply("ReadStoredStates", warehouse.read(states))
        .apply(
            "MakeStateChanges",
            MapElements.into(TypeDescriptor.of(Change.class)).via(state -> Change.of(state)));
  }
}
