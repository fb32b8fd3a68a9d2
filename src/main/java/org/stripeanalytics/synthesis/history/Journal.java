package org.stripeanalytics.synthesis.history;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.RawRow;
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
    return record(Tables.PRODUCTS, at, next, Related.NOTHING, events);
  }

  public Price record(Instant at, Price.Builder next, String... events) {
    return record(Tables.PRICES, at, next, Related.NOTHING, events);
  }

  public Coupon record(Instant at, Coupon.Builder next, String... events) {
    return record(Tables.COUPONS, at, next, Related.NOTHING, events);
  }

  public Discount record(Instant at, Discount.Builder next, String... events) {
    return record(Tables.DISCOUNTS, at, next, Related.NOTHING, events);
  }

  public Customer record(Instant at, Customer.Builder next, String... events) {
    return record(Tables.CUSTOMERS, at, next, Related.NOTHING, events);
  }

  public PaymentMethod record(Instant at, PaymentMethod.Builder next, String... events) {
    return record(Tables.PAYMENT_METHODS, at, next, Related.NOTHING, events);
  }

  public Subscription record(Instant at, Subscription.Builder next, String... events) {
    return record(Tables.SUBSCRIPTIONS, at, next, Related.NOTHING, events);
  }

  /** An invoice with its payments, which Stripe shows inside it: a change of one shows in both. */
  public Invoice record(
      Instant at,
      Invoice.Builder next,
      Customer customer,
      List<InvoicePayment> payments,
      String... events) {
    payments.forEach(payment -> record(at, payment.toBuilder()));
    return record(Tables.INVOICES, at, next, Related.toInvoice(customer, payments), events);
  }

  public InvoicePayment record(Instant at, InvoicePayment.Builder next, String... events) {
    return record(Tables.INVOICE_PAYMENTS, at, next, Related.NOTHING, events);
  }

  /**
   * @param failed the card of the last attempt, where that failed
   */
  public PaymentIntent record(
      Instant at, PaymentIntent.Builder next, @Nullable PaymentMethod failed, String... events) {
    return record(Tables.PAYMENT_INTENTS, at, next, Related.toPaymentIntent(failed), events);
  }

  public Charge record(Instant at, Charge.Builder next, String... events) {
    return record(Tables.CHARGES, at, next, Related.NOTHING, events);
  }

  public Refund record(Instant at, Refund.Builder next, String... events) {
    return record(Tables.REFUNDS, at, next, Related.NOTHING, events);
  }

  public Dispute record(Instant at, Dispute.Builder next, String... events) {
    return record(Tables.DISPUTES, at, next, Related.NOTHING, events);
  }

  public BalanceTransaction record(Instant at, BalanceTransaction.Builder next, String... events) {
    return record(Tables.BALANCE_TRANSACTIONS, at, next, Related.NOTHING, events);
  }

  public Payout record(Instant at, Payout.Builder next, String... events) {
    return record(Tables.PAYOUTS, at, next, Related.NOTHING, events);
  }

  private <T extends RawRow> T record(
      WarehouseTable<T> table,
      Instant at,
      RawRow.Builder<T> next,
      Related related,
      String... events) {
    LocalDate day = days.of(at);
    T row = next.setChangedAt(at).setSnapshotDate(day).setSource(SOURCE).build();
    recorder.record(new Snapshot<>(table, row.getId(), row, at, day, related, List.of(events)));
    return row;
  }
}
