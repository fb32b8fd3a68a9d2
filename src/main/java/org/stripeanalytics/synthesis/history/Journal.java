package org.stripeanalytics.synthesis.history;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.BalanceTransaction;
import org.stripeanalytics.model.raw.Charge;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.raw.Dispute;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.InvoicePayment;
import org.stripeanalytics.model.raw.PaymentIntent;
import org.stripeanalytics.model.raw.PaymentMethod;
import org.stripeanalytics.model.raw.Payout;
import org.stripeanalytics.model.raw.Price;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.model.raw.Refund;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.synthesis.json.Related;

/**
 * Where a simulated history is written down: stamps each new state of an object with its time and
 * day, and passes it to the {@link Recorder}. The event types that go with a change follow it.
 */
public final class Journal {
  public static final String SOURCE = "synthetic";

  private final ReportingDays days;
  private final Recorder recorder;

  public Journal(ReportingDays days, Recorder recorder) {
    this.days = days;
    this.recorder = recorder;
  }

  public Product record(Instant at, Product.Builder next, String... events) {
    LocalDate day = days.of(at);
    Product row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.PRODUCTS, row.getId(), row, at, day, events);
  }

  public Price record(Instant at, Price.Builder next, String... events) {
    LocalDate day = days.of(at);
    Price row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.PRICES, row.getId(), row, at, day, events);
  }

  public Coupon record(Instant at, Coupon.Builder next, String... events) {
    LocalDate day = days.of(at);
    Coupon row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.COUPONS, row.getId(), row, at, day, events);
  }

  public Discount record(Instant at, Discount.Builder next, String... events) {
    LocalDate day = days.of(at);
    Discount row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.DISCOUNTS, row.getId(), row, at, day, events);
  }

  public Customer record(Instant at, Customer.Builder next, String... events) {
    LocalDate day = days.of(at);
    Customer row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.CUSTOMERS, row.getId(), row, at, day, events);
  }

  public PaymentMethod record(Instant at, PaymentMethod.Builder next, String... events) {
    LocalDate day = days.of(at);
    PaymentMethod row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.PAYMENT_METHODS, row.getId(), row, at, day, events);
  }

  public Subscription record(Instant at, Subscription.Builder next, String... events) {
    LocalDate day = days.of(at);
    Subscription row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.SUBSCRIPTIONS, row.getId(), row, at, day, events);
  }

  /** An invoice with its payments, which Stripe shows inside it: a change of one shows in both. */
  public Invoice record(
      Instant at,
      Invoice.Builder next,
      Customer customer,
      List<InvoicePayment> payments,
      String... events) {
    LocalDate day = days.of(at);
    Invoice row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    payments.forEach(payment -> record(at, payment.toBuilder()));
    recorder.record(
        new Snapshot<>(
            Tables.INVOICES,
            row.getId(),
            row,
            at,
            day,
            Related.toInvoice(customer, payments),
            List.of(events)));
    return row;
  }

  public InvoicePayment record(Instant at, InvoicePayment.Builder next, String... events) {
    LocalDate day = days.of(at);
    InvoicePayment row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.INVOICE_PAYMENTS, row.getId(), row, at, day, events);
  }

  /**
   * @param failed the card of the last attempt, where that failed
   */
  public PaymentIntent record(
      Instant at, PaymentIntent.Builder next, @Nullable PaymentMethod failed, String... events) {
    LocalDate day = days.of(at);
    PaymentIntent row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    recorder.record(
        new Snapshot<>(
            Tables.PAYMENT_INTENTS,
            row.getId(),
            row,
            at,
            day,
            Related.toPaymentIntent(failed),
            List.of(events)));
    return row;
  }

  public Charge record(Instant at, Charge.Builder next, String... events) {
    LocalDate day = days.of(at);
    Charge row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.CHARGES, row.getId(), row, at, day, events);
  }

  public Refund record(Instant at, Refund.Builder next, String... events) {
    LocalDate day = days.of(at);
    Refund row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.REFUNDS, row.getId(), row, at, day, events);
  }

  public Dispute record(Instant at, Dispute.Builder next, String... events) {
    LocalDate day = days.of(at);
    Dispute row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.DISPUTES, row.getId(), row, at, day, events);
  }

  public BalanceTransaction record(Instant at, BalanceTransaction.Builder next, String... events) {
    LocalDate day = days.of(at);
    BalanceTransaction row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.BALANCE_TRANSACTIONS, row.getId(), row, at, day, events);
  }

  public Payout record(Instant at, Payout.Builder next, String... events) {
    LocalDate day = days.of(at);
    Payout row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    return recorded(Tables.PAYOUTS, row.getId(), row, at, day, events);
  }

  private <T> T recorded(
      WarehouseTable<T> table, String id, T row, Instant at, LocalDate day, String... events) {
    recorder.record(new Snapshot<>(table, id, row, at, day, Related.NOTHING, List.of(events)));
    return row;
  }
}
