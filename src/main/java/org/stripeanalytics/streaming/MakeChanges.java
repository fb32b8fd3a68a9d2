package org.stripeanalytics.streaming;

import com.google.common.collect.ImmutableMap;
import java.io.Serializable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
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
import org.stripeanalytics.model.raw.Event;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.model.schema.RowProjection;
import org.stripeanalytics.staging.KeepMode;
import org.stripeanalytics.warehouse.RowOfTable;

/**
 * Makes changes of the rows of raw tables: those that {@code ReadChanges} would read of them.
 * Element by element.
 */
final class MakeChanges
    extends PTransform<PCollection<KV<Long, RowOfTable>>, PCollection<Arrival>> {
  private final boolean livemode;

  private MakeChanges(boolean livemode) {
    this.livemode = livemode;
  }

  /**
   * @param livemode whether live objects are looked at; false for test-mode ones
   */
  static MakeChanges of(boolean livemode) {
    return new MakeChanges(livemode);
  }

  @Override
  public PCollection<Arrival> expand(PCollection<KV<Long, RowOfTable>> rows) {
    return rows.apply("MakeChange", ParDo.of(new MakeFn(livemode)))
        .setCoder(RowCoder.of(Arrival.class));
  }

  /** How a row of one table becomes a change. */
  private record Making<R, P>(
      RowProjection<R, P> projection,
      SerializableFunction<P, Boolean> isOfMode,
      SerializableFunction<P, Change> toChange)
      implements Serializable {
    static <R, P> Making<R, P> of(
        WarehouseTable<R> table,
        Class<P> read,
        boolean livemode,
        SerializableFunction<P, Change> toChange) {
      return new Making<>(
          RowProjection.of(table.rowClass(), read), KeepMode.keeps(read, livemode), toChange);
    }
  }

  private static final class MakeFn extends DoFn<KV<Long, RowOfTable>, Arrival> {
    private final boolean livemode;
    private transient ImmutableMap<WarehouseTable<?>, Making<?, ?>> makings;

    MakeFn(boolean livemode) {
      this.livemode = livemode;
    }

    @Setup
    public void setup() {
      makings =
          ImmutableMap.<WarehouseTable<?>, Making<?, ?>>builder()
              .put(
                  Tables.CUSTOMERS,
                  Making.of(Tables.CUSTOMERS, CustomerSnapshot.class, livemode, Change::of))
              .put(
                  Tables.PAYMENT_METHODS,
                  Making.of(
                      Tables.PAYMENT_METHODS, PaymentMethodSnapshot.class, livemode, Change::of))
              .put(
                  Tables.SUBSCRIPTIONS,
                  Making.of(Tables.SUBSCRIPTIONS, SubscriptionSnapshot.class, livemode, Change::of))
              .put(
                  Tables.INVOICES,
                  Making.of(Tables.INVOICES, InvoiceSnapshot.class, livemode, Change::of))
              .put(
                  Tables.INVOICE_PAYMENTS,
                  Making.of(
                      Tables.INVOICE_PAYMENTS, InvoicePaymentSnapshot.class, livemode, Change::of))
              .put(
                  Tables.CHARGES,
                  Making.of(Tables.CHARGES, ChargeSnapshot.class, livemode, Change::of))
              .put(
                  Tables.REFUNDS,
                  Making.of(Tables.REFUNDS, RefundSnapshot.class, livemode, Change::of))
              .put(
                  Tables.DISPUTES,
                  Making.of(Tables.DISPUTES, DisputeSnapshot.class, livemode, Change::of))
              .put(
                  Tables.EVENTS,
                  Making.of(Tables.EVENTS, PaymentFailure.class, livemode, Change::of))
              .buildOrThrow();
    }

    @ProcessElement
    public void make(@Element KV<Long, RowOfTable> row, OutputReceiver<Arrival> output) {
      Making<?, ?> making = makings.get(row.getValue().table());
      boolean isRead =
          making != null
              && !(row.getValue().row() instanceof Event event
                  && !event.getType().equals(PaymentFailure.TYPE));
      if (isRead) {
        make(making, row.getValue().row(), row.getKey(), output);
      }
    }

    @SuppressWarnings("unchecked")
    private static <R, P> void make(
        Making<R, P> making, Object row, long order, OutputReceiver<Arrival> output) {
      P read = making.projection().of((R) row);
      if (making.isOfMode().apply(read)) {
        Change change = making.toChange().apply(read);
        if (change.isFolded()) {
          output.output(Arrival.of(change, order));
        }
      }
    }
  }
}
