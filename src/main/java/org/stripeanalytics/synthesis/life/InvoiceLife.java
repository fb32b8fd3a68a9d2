package org.stripeanalytics.synthesis.life;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.synthesis.account.DeclineModel;
import org.stripeanalytics.synthesis.account.DeclineModel.Setback;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.profile.Decline;

/**
 * One invoice, from draft to its end: finalised after an hour or at once, then collected, retried
 * on the dunning schedule, and paid, given up or voided.
 */
final class InvoiceLife {
  private static final Duration DRAFT = Duration.ofHours(1);
  private static final Duration INCOMPLETE_WINDOW = Duration.ofHours(23);
  private static final Duration SOONEST_CUSTOMER_RETRY = Duration.ofMinutes(4);
  private static final Duration LATEST_CUSTOMER_RETRY = Duration.ofHours(20);

  private final BilledSubscription subscription;
  private final SimulatedCustomer customer;
  private final Wallet wallet;
  private final RandomStream stream;
  private final String id;
  private Invoice row;
  private @Nullable PaymentLife payment;
  private @Nullable Setback setback;
  private boolean decided;
  private Instant firstAttempt;

  InvoiceLife(
      SimulatedCustomer customer,
      Wallet wallet,
      BilledSubscription subscription,
      RandomStream stream,
      Instant created) {
    this.subscription = subscription;
    this.customer = customer;
    this.wallet = wallet;
    this.stream = stream;
    this.id = StripeId.INVOICE.of(stream, customer.token, created);
  }

  String id() {
    return id;
  }

  RandomStream stream() {
    return stream;
  }

  Invoice row() {
    return row;
  }

  /** A renewal: a draft for an hour. */
  void draft(Instant at, NewInvoice billed) {
    Instant finalizes = at.plus(DRAFT);
    create(at, billed, finalizes);
    customer.agenda.at(finalizes, () -> leaveDraft(finalizes));
  }

  /** A first invoice or a plan change: finalised and collected as soon as it exists. */
  void openAtOnce(Instant at, NewInvoice billed) {
    create(at, billed, null);
    leaveDraft(at);
  }

  /** Whether the first attempt, made at this time, is going to fail. */
  boolean willFail(Instant at) {
    decide(at);
    return setback != null;
  }

  private void create(Instant at, NewInvoice billed, @Nullable Instant finalizes) {
    record(
        at,
        billed.draft(
            id,
            at,
            customer.row(),
            subscription.row().getId(),
            customer.profile.account().currency(),
            finalizes),
        "invoice.created");
  }

  private void leaveDraft(Instant at) {
    if (!row.getStatus().equals("draft") || Boolean.FALSE.equals(row.getAutoAdvance())) {
      return;
    }
    String pause =
        subscription.row().getPauseCollection() == null
            ? "none"
            : subscription.row().getPauseCollection().getBehavior();
    if (pause.equals("keep_as_draft")) {
      stopAdvancing(at);
      return;
    }
    finalise(at);
    switch (pause) {
      case "void" -> voidIt(at);
      case "mark_uncollectible" -> markUncollectible(at);
      default -> collect(at);
    }
  }

  private void finalise(Instant at) {
    record(
        at,
        row.toBuilder()
            .setStatus("open")
            .setNumber(customer.nextInvoiceNumber())
            .setEffectiveAt(at)
            .setEndingBalance(0L)
            .setAutomaticallyFinalizesAt(null)
            .setStatusTransitions(
                row.getStatusTransitions().toBuilder().setFinalizedAt(at).build()),
        "invoice.finalized");
  }

  private void collect(Instant at) {
    if (row.getAmountDue() == 0) {
      markPaid(at, 0);
      return;
    }
    payment = new PaymentLife(customer, wallet, row, stream.fork("collection"), at);
    firstAttempt = at;
    decide(at);
    attempt(at);
  }

  /** Draws, once, what will become of the first attempt. */
  private void decide(Instant at) {
    if (decided) {
      return;
    }
    decided = true;
    RandomStream attempt = stream.fork("payment");
    DeclineModel declines = customer.population.declines();
    if (subscription.firstPaymentFails()) {
      setback = declines.failure(attempt);
    } else if (row == null || !row.getBillingReason().equals("subscription_update")) {
      setback =
          declines.firstAttempt(
              customer.region,
              wallet.funding(),
              !customer.hasPaid(),
              wallet.expiredAt(at),
              customer.population.incidents().declines(at, attempt),
              attempt);
    }
  }

  private void attempt(Instant at) {
    if (!row.getStatus().equals("open")) {
      return;
    }
    int retry = (int) row.getAttemptCount() - 1;
    if (setback == null || (setback.recovers() && setback.retry() == retry)) {
      succeed(at);
    } else {
      fail(at, setback);
    }
  }

  private void succeed(Instant at) {
    if (setback != null && needsNewCard()) {
      wallet.attachNew(at);
    }
    boolean first = !customer.hasPaid();
    payment.succeed(at, (int) row.getAttemptCount());
    markPaid(at, 1);
    customer.setDelinquent(at, false);
    Aftermath.of(payment, first, customer, subscription);
    customer.countPaidInvoice(at);
    if (!row.getBillingReason().equals("subscription_update")) {
      subscription.periodPaid(at);
    }
  }

  private void fail(Instant at, Setback why) {
    int attempts = (int) row.getAttemptCount() + 1;
    boolean incomplete = subscription.row().getStatus().equals("incomplete");
    boolean scheduled =
        !incomplete
            && !subscription.firstPaymentFails()
            && isRetried()
            && attempts <= customer.population.declines().retries();
    Instant next =
        scheduled ? customer.population.declines().retryAt(firstAttempt, attempts - 1) : null;
    payment.fail(at, attempts - 1, why.decline());
    record(
        at,
        row.toBuilder().setAttemptCount(attempts).setAttempted(true).setNextPaymentAttempt(next),
        "invoice.updated",
        "invoice.payment_failed");
    customer.setDelinquent(at, true);
    subscription.paymentFailed(at);
    if (next != null) {
      customer.agenda.at(next, () -> attempt(next));
    } else if (incomplete) {
      awaitCustomer(at, why);
    } else if (subscription.firstPaymentFails() || isRetried()) {
      subscription.collectionExhausted(at);
    } else {
      awaitNewCard(why);
    }
  }

  /** Nobody retries an incomplete subscription but the customer, who has 23 hours. */
  private void awaitCustomer(Instant at, Setback why) {
    if (why.recovers()) {
      Instant again =
          stream
              .fork("customer retry")
              .between(at.plus(SOONEST_CUSTOMER_RETRY), at.plus(LATEST_CUSTOMER_RETRY));
      customer.agenda.at(again, () -> succeed(again));
    } else {
      Instant expiry = at.plus(INCOMPLETE_WINDOW);
      customer.agenda.at(
          expiry,
          () -> {
            subscription.expireIncomplete(expiry);
            voidIt(expiry);
          });
    }
  }

  /** Without a schedule only the customer can save the invoice, until the window closes. */
  private void awaitNewCard(Setback why) {
    int retry = why.recovers() ? why.retry() : customer.population.declines().retries() - 1;
    Instant when = customer.population.declines().retryAt(firstAttempt, retry);
    customer.agenda.at(
        when,
        () -> {
          if (!row.getStatus().equals("open")) {
            return;
          }
          if (why.recovers()) {
            succeed(when);
          } else {
            subscription.collectionExhausted(when);
          }
        });
  }

  /** The customer pays an unpaid subscription's invoice after all, with another card. */
  void payLate(Instant at) {
    if (row.getStatus().equals("open")) {
      if (!needsNewCard()) {
        wallet.attachNew(at);
      }
      succeed(at);
    }
  }

  /** The subscription has ended: what is still to be collected never will be. */
  void abandon(Instant at) {
    if (row.getStatus().equals("draft")) {
      stopAdvancing(at);
    } else if (row.getStatus().equals("open")) {
      markUncollectible(at);
    }
  }

  private void markPaid(Instant at, int attempts) {
    record(
        at,
        row.toBuilder()
            .setStatus("paid")
            .setAmountPaid(row.getAmountDue())
            .setAmountRemaining(0)
            .setAttemptCount(row.getAttemptCount() + attempts)
            .setAttempted(true)
            .setAutoAdvance(false)
            .setNextPaymentAttempt(null)
            .setStatusTransitions(row.getStatusTransitions().toBuilder().setPaidAt(at).build()),
        "invoice.paid",
        "invoice.payment_succeeded");
  }

  private void markUncollectible(Instant at) {
    record(
        at,
        row.toBuilder()
            .setStatus("uncollectible")
            .setAutoAdvance(false)
            .setNextPaymentAttempt(null)
            .setStatusTransitions(
                row.getStatusTransitions().toBuilder().setMarkedUncollectibleAt(at).build()),
        "invoice.marked_uncollectible");
  }

  private void voidIt(Instant at) {
    if (payment != null) {
      payment.cancel(at);
    }
    record(
        at,
        row.toBuilder()
            .setStatus("void")
            .setAutoAdvance(false)
            .setNextPaymentAttempt(null)
            .setStatusTransitions(row.getStatusTransitions().toBuilder().setVoidedAt(at).build()),
        "invoice.voided");
  }

  private void stopAdvancing(Instant at) {
    record(
        at,
        row.toBuilder().setAutoAdvance(false).setAutomaticallyFinalizesAt(null),
        "invoice.updated");
  }

  private void record(Instant at, Invoice.Builder next, String... events) {
    row =
        customer.journal.record(
            at,
            next,
            customer.row(),
            payment == null ? List.of() : List.of(payment.invoicePayment()),
            events);
  }

  private boolean needsNewCard() {
    return setback.decline().cure() != Decline.Cure.SOFT;
  }

  private boolean isRetried() {
    return setback.decline().cure() != Decline.Cure.HARD
        && !customer
            .profile
            .payments()
            .notRetried()
            .contains(wallet.current().getCard().getCountry());
  }
}
