package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.BalanceTransaction;
import org.stripeanalytics.model.raw.Card;
import org.stripeanalytics.model.raw.Charge;
import org.stripeanalytics.model.raw.ChargeOutcome;
import org.stripeanalytics.model.raw.ChargePaymentMethod;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.InvoicePayment;
import org.stripeanalytics.model.raw.InvoicePaymentSource;
import org.stripeanalytics.model.raw.InvoicePaymentTransitions;
import org.stripeanalytics.model.raw.PaymentError;
import org.stripeanalytics.model.raw.PaymentIntent;
import org.stripeanalytics.model.raw.PaymentMethod;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.profile.Decline;

/**
 * The payment of one open invoice: its payment intent, which stays the same over all attempts, a
 * charge for each attempt, and the invoice payment that ties them to the invoice.
 */
final class PaymentLife {
  private static final String STATEMENT_DESCRIPTOR = "EXAMPLE SOFTWARE";

  private final SimulatedCustomer customer;
  private final Wallet wallet;
  private final RandomStream stream;
  private final String description;
  private PaymentIntent intent;
  private InvoicePayment payment;
  private @Nullable Charge charge;
  private @Nullable PaymentMethod failed;

  PaymentLife(
      SimulatedCustomer customer, Wallet wallet, Invoice invoice, RandomStream stream, Instant at) {
    this.customer = customer;
    this.wallet = wallet;
    this.stream = stream;
    this.description =
        invoice.getBillingReason().equals("subscription_create")
            ? "Subscription creation"
            : "Subscription update";
    String token = customer.token;
    intent =
        customer.journal.record(
            at,
            PaymentIntent.builder()
                .setId(StripeId.PAYMENT_INTENT.of(stream, token, at))
                .setCreated(at)
                .setCustomer(invoice.getCustomer())
                .setAmount(invoice.getAmountDue())
                .setAmountCapturable(0)
                .setAmountReceived(0)
                .setCurrency(invoice.getCurrency())
                .setStatus("requires_confirmation")
                .setCaptureMethod("automatic")
                .setConfirmationMethod("automatic")
                .setDescription(description)
                .setPaymentMethod(wallet.current().getId())
                .setPaymentMethodTypes(List.of("card"))
                .setSetupFutureUsage("off_session")
                .setLivemode(true),
            null,
            "payment_intent.created");
    payment =
        customer.journal.record(
            at,
            InvoicePayment.builder()
                .setId(StripeId.INVOICE_PAYMENT.of(stream, token, at))
                .setCreated(at)
                .setInvoice(invoice.getId())
                .setAmountRequested(invoice.getAmountDue())
                .setCurrency(invoice.getCurrency())
                .setIsDefault(true)
                .setPayment(
                    InvoicePaymentSource.builder()
                        .setType("payment_intent")
                        .setPaymentIntent(intent.getId())
                        .build())
                .setStatus("open")
                .setStatusTransitions(InvoicePaymentTransitions.builder().build())
                .setLivemode(true));
  }

  /** An attempt, by its number from 0, that the issuer approves. */
  void succeed(Instant at, int attempt) {
    RandomStream chargeStream = stream.fork("charge", attempt);
    PaymentMethod method = wallet.current();
    String id = StripeId.CHARGE.of(chargeStream, customer.token, at);
    BalanceTransaction entry =
        customer.ledger.charge(
            chargeStream, at, id, intent.getAmount(), method.getCard().getCountry());
    charge =
        customer.journal.record(
            at,
            charge(id, at, method)
                .setStatus("succeeded")
                .setPaid(true)
                .setCaptured(true)
                .setAmountCaptured(intent.getAmount())
                .setBalanceTransaction(entry.getId())
                .setOutcome(
                    ChargeOutcome.builder()
                        .setType("authorized")
                        .setNetworkStatus("approved_by_network")
                        .setRiskLevel("normal")
                        .setRiskScore((long) chargeStream.between(0, 60))
                        .setSellerMessage("Payment complete.")
                        .build()),
            "charge.succeeded");
    intent =
        customer.journal.record(
            at,
            intent.toBuilder()
                .setStatus("succeeded")
                .setAmountReceived(intent.getAmount())
                .setLatestCharge(id)
                .setPaymentMethod(method.getId())
                .setLastPaymentError(null),
            null,
            "payment_intent.succeeded");
    payment =
        customer.journal.record(
            at,
            payment.toBuilder()
                .setStatus("paid")
                .setAmountPaid(intent.getAmount())
                .setStatusTransitions(InvoicePaymentTransitions.builder().setPaidAt(at).build()),
            "invoice_payment.paid");
  }

  /** An attempt, by its number from 0, that the issuer declines. */
  void fail(Instant at, int attempt, Decline decline) {
    RandomStream chargeStream = stream.fork("charge", attempt);
    PaymentMethod method = wallet.current();
    String id = StripeId.CHARGE.of(chargeStream, customer.token, at);
    customer.journal.record(
        at,
        charge(id, at, method)
            .setStatus("failed")
            .setPaid(false)
            .setCaptured(false)
            .setAmountCaptured(0)
            .setFailureCode(decline.failureCode())
            .setFailureMessage(decline.message())
            .setOutcome(
                ChargeOutcome.builder()
                    .setType("issuer_declined")
                    .setNetworkStatus("declined_by_network")
                    .setReason(decline.id())
                    .setAdviceCode(decline.adviceCode())
                    .setNetworkDeclineCode(decline.networkCode())
                    .setRiskLevel("normal")
                    .setRiskScore((long) chargeStream.between(0, 74))
                    .setSellerMessage("The bank returned the decline code `" + decline.id() + "`.")
                    .build()),
        "charge.failed");
    failed = method;
    intent =
        customer.journal.record(
            at,
            intent.toBuilder()
                .setStatus("requires_payment_method")
                .setLatestCharge(id)
                .setPaymentMethod(null)
                .setLastPaymentError(
                    PaymentError.builder()
                        .setType("card_error")
                        .setCode(decline.failureCode())
                        .setDeclineCode(decline.id())
                        .setMessage(decline.message())
                        .setCharge(id)
                        .setPaymentMethod(method.getId())
                        .build()),
            method,
            "payment_intent.payment_failed");
  }

  /** The invoice was voided. */
  void cancel(Instant at) {
    intent =
        customer.journal.record(
            at,
            intent.toBuilder()
                .setStatus("canceled")
                .setCanceledAt(at)
                .setCancellationReason("void_invoice"),
            failed,
            "payment_intent.canceled");
    payment =
        customer.journal.record(
            at,
            payment.toBuilder()
                .setStatus("canceled")
                .setStatusTransitions(
                    InvoicePaymentTransitions.builder().setCanceledAt(at).build()));
  }

  InvoicePayment invoicePayment() {
    return payment;
  }

  /** The charge that succeeded. */
  Charge charge() {
    return charge;
  }

  RandomStream stream() {
    return stream;
  }

  private Charge.Builder charge(String id, Instant at, PaymentMethod method) {
    Card card = method.getCard();
    return Charge.builder()
        .setId(id)
        .setCreated(at)
        .setCustomer(intent.getCustomer())
        .setAmount(intent.getAmount())
        .setAmountRefunded(0)
        .setCurrency(intent.getCurrency())
        .setRefunded(false)
        .setDisputed(false)
        .setPaymentIntent(intent.getId())
        .setPaymentMethod(method.getId())
        .setDescription(description)
        .setStatementDescriptor(STATEMENT_DESCRIPTOR)
        .setPaymentMethodDetails(
            ChargePaymentMethod.builder().setType("card").setCard(card).build())
        .setBillingDetails(method.getBillingDetails())
        .setLivemode(true);
  }
}
