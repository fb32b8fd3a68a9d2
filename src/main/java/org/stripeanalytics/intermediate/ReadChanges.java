package org.stripeanalytics.intermediate;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.changes.ChargeSnapshot;
import org.stripeanalytics.fold.changes.CustomerSnapshot;
import org.stripeanalytics.fold.changes.DisputeSnapshot;
import org.stripeanalytics.fold.changes.InvoicePaymentSnapshot;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.changes.PaymentFailure;
import org.stripeanalytics.fold.changes.PaymentMethodSnapshot;
import org.stripeanalytics.fold.changes.RefundSnapshot;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.CustomerCheckpoint;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.staging.KeepMode;
import org.stripeanalytics.warehouse.MappedRead;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads what changed in an interval, as slim {@link Change}s with the customers they name: only the
 * columns that the fold reads, of the tables that it needs, and the states that earlier runs left.
 * Of events, those that say when an attempt at an invoice failed. Live objects by default,
 * test-mode ones by option; refunds do not say which they are. A payment method detached from its
 * customer says nothing about anybody, and all of them would be one customer's. Bounded, in the
 * global window, in no order.
 */
public final class ReadChanges extends PTransform<PBegin, PCollection<Change>> {
  /** Before the first of everything. */
  private static final LocalDate EVER = LocalDate.of(2000, 1, 1);

  private final Warehouse warehouse;
  private final DataInterval interval;
  private final ReportingFrame frame;

  private ReadChanges(Warehouse warehouse, DataInterval interval, ReportingFrame frame) {
    this.warehouse = warehouse;
    this.interval = interval;
    this.frame = frame;
  }

  public static ReadChanges from(Warehouse warehouse, DataInterval interval, ReportingFrame frame) {
    return new ReadChanges(warehouse, interval, frame);
  }

  /** Everything before a day. */
  static DataInterval before(LocalDate day) {
    return DataInterval.of(EVER, day);
  }

  @Override
  public PCollection<Change> expand(PBegin begin) {
    ImmutableList.Builder<MappedRead<?, Change>> reads =
        ImmutableList.<MappedRead<?, Change>>builder()
            .add(
                read(Tables.CUSTOMERS, CustomerSnapshot.class, Change::of),
                read(Tables.PAYMENT_METHODS, PaymentMethodSnapshot.class, Change::of),
                read(Tables.SUBSCRIPTIONS, SubscriptionSnapshot.class, Change::of),
                read(Tables.INVOICES, InvoiceSnapshot.class, Change::of),
                read(Tables.INVOICE_PAYMENTS, InvoicePaymentSnapshot.class, Change::of),
                read(Tables.CHARGES, ChargeSnapshot.class, Change::of),
                read(Tables.REFUNDS, RefundSnapshot.class, Change::of),
                read(Tables.DISPUTES, DisputeSnapshot.class, Change::of));
    TableRead<PaymentFailure> failures =
        TableRead.of(Tables.EVENTS)
            .as(PaymentFailure.class)
            .during(interval)
            .having("type", ImmutableList.of(PaymentFailure.TYPE));
    if (warehouse.mayHold(failures)) {
      reads.add(read(failures, PaymentFailure.class, Change::of));
    }
    TableRead<CustomerCheckpoint> states =
        TableRead.of(Tables.CUSTOMER_STATE).during(before(interval.from())).newestOf("customer_id");
    if (warehouse.mayHold(states)) {
      reads.add(new MappedRead<>(states, state -> Optional.of(Change.of(state))));
    }
    return begin.apply("ReadTables", warehouse.readAll(reads.build(), RowCoder.of(Change.class)));
  }

  private <T> MappedRead<T, Change> read(
      WarehouseTable<?> table, Class<T> projection, SerializableFunction<T, Change> toChange) {
    return read(TableRead.of(table).as(projection).during(interval), projection, toChange);
  }

  private <T> MappedRead<T, Change> read(
      TableRead<T> read, Class<T> projection, SerializableFunction<T, Change> toChange) {
    SerializableFunction<T, Boolean> isOfMode = KeepMode.keeps(projection, frame.livemode());
    return new MappedRead<>(
        read,
        row ->
            isOfMode.apply(row)
                ? Optional.of(toChange.apply(row)).filter(Change::isFolded)
                : Optional.empty());
  }
}
