package org.stripeanalytics.fold;

import static org.stripeanalytics.fold.Snapshots.at;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.stripeanalytics.fold.changes.CardBrand;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.changes.ChargeSnapshot;
import org.stripeanalytics.fold.changes.DisputeSnapshot;
import org.stripeanalytics.fold.changes.EvidenceDue;
import org.stripeanalytics.fold.changes.InvoicePaymentSnapshot;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.changes.PaidWith;
import org.stripeanalytics.fold.changes.PaymentFailure;
import org.stripeanalytics.fold.changes.PaymentLink;
import org.stripeanalytics.fold.changes.PaymentMethodSnapshot;
import org.stripeanalytics.fold.changes.RefundSnapshot;
import org.stripeanalytics.fold.changes.Version;
import org.stripeanalytics.model.raw.InvoiceParent;
import org.stripeanalytics.model.raw.StatusTransitions;

/** The versions of one invoice of {@code cus_1} over $20 and of what becomes of it. */
public final class Payments {
  private final String invoice;
  private String subscription = "sub_1";
  private Instant created;

  private Payments(String invoice) {
    this.invoice = invoice;
  }

  public static Payments of(String invoice) {
    return new Payments(invoice);
  }

  public Payments subscription(String id) {
    subscription = id;
    return this;
  }

  public static PaymentMethodSnapshot method(String id, String changed, String brand) {
    return PaymentMethodSnapshot.builder()
        .setId(id)
        .setCustomer("cus_1")
        .setCreated(at(changed))
        .setCard(CardBrand.builder().setBrand(brand).build())
        .setLivemode(true)
        .setChangedAt(at(changed))
        .setSnapshotDate(day(changed))
        .build();
  }

  public Change open(String time) {
    created = at(time);
    return version(time, "open", 0).build(Change::of);
  }

  /** Open, after so many attempts, with one more to come. */
  public Change retrying(String time, long attempts) {
    return version(time, "open", attempts)
        .with(invoice -> invoice.setNextPaymentAttempt(at(time).plusSeconds(86_400)))
        .build(Change::of);
  }

  /** Paid by the last of so many attempts. */
  public Change paidAfter(long attempts, String time) {
    InvoiceSnapshot paid = paid(time).getInvoice();
    return Change.of(paid.toBuilder().setAttemptCount(attempts).build());
  }

  public Change paid(String time) {
    return version(time, "paid", 1)
        .with(
            invoice ->
                invoice
                    .setAmountPaid(20_00)
                    .setAmountRemaining(0)
                    .setStatusTransitions(StatusTransitions.builder().setPaidAt(at(time)).build()))
        .build(Change::of);
  }

  public Change uncollectible(String time) {
    return version(time, "uncollectible", 4).build(Change::of);
  }

  /** The payment that belongs to the invoice. */
  public Change link(String time) {
    return Change.of(
        InvoicePaymentSnapshot.builder()
            .setId("inpay_" + invoice)
            .setInvoice(invoice)
            .setCreated(at(time))
            .setPayment(PaymentLink.builder().setPaymentIntent("pi_" + invoice).build())
            .setLivemode(true)
            .setChangedAt(at(time))
            .setSnapshotDate(day(time))
            .build());
  }

  /** The event that says that an attempt at the invoice has failed. */
  public Change failure(String time) {
    return Change.of(
        PaymentFailure.builder()
            .setId("evt_" + invoice + time)
            .setCreated(at(time))
            .setObjectId(invoice)
            .setCustomer("cus_1")
            .setLivemode(true)
            .setChangedAt(at(time))
            .setSnapshotDate(day(time))
            .build());
  }

  public Change charge(String id, String time, String status) {
    return decided(id, time, time, status);
  }

  /** A charge that was made at one time and has a status since another. */
  public Change decided(String id, String made, String changed, String status) {
    return Change.of(
        ChargeSnapshot.builder()
            .setId(id)
            .setCustomer("cus_1")
            .setCreated(at(made))
            .setAmount(20_00)
            .setAmountCaptured(status.equals("failed") ? 0 : 20_00)
            .setCaptured(!status.equals("failed"))
            .setRefunded(false)
            .setCurrency("usd")
            .setStatus(status)
            .setPaymentIntent("pi_" + invoice)
            .setFailureCode(status.equals("failed") ? "card_declined" : null)
            .setPaymentMethodDetails(
                PaidWith.builder()
                    .setType("card")
                    .setCard(CardBrand.builder().setBrand("visa").build())
                    .build())
            .setLivemode(true)
            .setChangedAt(at(changed))
            .setSnapshotDate(day(changed))
            .build());
  }

  /** Money that is authorised, and captured only if a later version says so. */
  public Change hold(String id, String made, String changed) {
    ChargeSnapshot charge = decided(id, made, changed, "succeeded").getCharge();
    return Change.of(charge.toBuilder().setCaptured(false).setAmountCaptured(0).build());
  }

  /** A hold that was given back. */
  public Change released(String id, String made, String changed) {
    ChargeSnapshot charge = hold(id, made, changed).getCharge();
    return Change.of(charge.toBuilder().setRefunded(true).build());
  }

  /** A hold of which a part was captured. */
  public Change captured(String id, String made, String changed, long amount) {
    ChargeSnapshot charge = decided(id, made, changed, "succeeded").getCharge();
    return Change.of(charge.toBuilder().setAmountCaptured(amount).build());
  }

  public Change refund(String id, String charge, String time, String status, String created) {
    return Change.of(
            RefundSnapshot.builder()
                .setId(id)
                .setCharge(charge)
                .setCreated(at(created))
                .setAmount(5_00)
                .setCurrency("usd")
                .setStatus(status)
                .setReason("requested_by_customer")
                .setChangedAt(at(time))
                .setSnapshotDate(day(time))
                .build())
        .ownedBy("cus_1");
  }

  public Change dispute(String id, String charge, String time, String created, String status) {
    return Change.of(
            DisputeSnapshot.builder()
                .setId(id)
                .setCharge(charge)
                .setCreated(at(created))
                .setAmount(20_00)
                .setCurrency("usd")
                .setStatus(status)
                .setReason("fraudulent")
                .setEvidenceDetails(EvidenceDue.builder().build())
                .setLivemode(true)
                .setChangedAt(at(time))
                .setSnapshotDate(day(time))
                .build())
        .ownedBy("cus_1");
  }

  private record Version(InvoiceSnapshot.Builder invoice) {
    Version with(UnaryOperator<InvoiceSnapshot.Builder> more) {
      return new Version(more.apply(invoice));
    }

    Change build(Function<InvoiceSnapshot, Change> toChange) {
      return toChange.apply(invoice.build());
    }
  }

  private Version version(String time, String status, long attempts) {
    return new Version(
        InvoiceSnapshot.builder()
            .setId(invoice)
            .setCustomer("cus_1")
            .setCreated(created)
            .setStatus(status)
            .setCollectionMethod("charge_automatically")
            .setCurrency("usd")
            .setSubtotal(20_00)
            .setTotal(20_00)
            .setAmountDue(20_00)
            .setAmountPaid(0)
            .setAmountRemaining(20_00)
            .setAttemptCount(attempts)
            .setParent(
                InvoiceParent.builder()
                    .setType("subscription_details")
                    .setSubscription(subscription)
                    .build())
            .setStatusTransitions(StatusTransitions.builder().build())
            .setLivemode(true)
            .setChangedAt(at(time))
            .setSnapshotDate(day(time)));
  }

  private static LocalDate day(String time) {
    return at(time).atZone(ZoneOffset.UTC).toLocalDate();
  }
}
