package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import org.stripeanalytics.model.Money;
import org.stripeanalytics.model.raw.BalanceTransaction;
import org.stripeanalytics.model.raw.Charge;
import org.stripeanalytics.model.raw.Refund;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.profile.Profile;

/** One refund, whole or in part. A few come back from the bank days later. */
final class RefundLife {
  private static final int SOONEST_FAILURE_DAYS = 3;
  private static final int LATEST_FAILURE_DAYS = 12;
  private static final int LEAST_PERCENT = 10;
  private static final int MOST_PERCENT = 90;

  private final SimulatedCustomer customer;
  private final RandomStream stream;
  private Charge charge;
  private Refund row;

  RefundLife(SimulatedCustomer customer, Charge charge, RandomStream stream) {
    this.customer = customer;
    this.charge = charge;
    this.stream = stream;
  }

  void begin(Instant at) {
    Profile.Refunds terms = customer.profile.refunds();
    boolean full = stream.chance(terms.full());
    int percent = stream.between(LEAST_PERCENT, MOST_PERCENT);
    String reason = customer.population.refundReasons().pick(stream);
    boolean fails = stream.chance(terms.failed());
    int failsAfter = stream.between(SOONEST_FAILURE_DAYS, LATEST_FAILURE_DAYS);
    long amount =
        full ? charge.getAmount() : Math.max(1, Money.fraction(charge.getAmount(), percent, 100));
    String id = StripeId.REFUND.of(stream, customer.token, at);
    BalanceTransaction entry = customer.ledger.refund(stream, at, id, amount);
    row =
        customer.journal.record(
            at,
            Refund.builder()
                .setId(id)
                .setCreated(at)
                .setCharge(charge.getId())
                .setCustomer(charge.getCustomer())
                .setPaymentIntent(charge.getPaymentIntent())
                .setPaymentMethod(charge.getPaymentMethod())
                .setAmount(amount)
                .setCurrency(charge.getCurrency())
                .setLivemode(charge.getLivemode())
                .setStatus("succeeded")
                .setReason(reason)
                .setBalanceTransaction(entry.getId()),
            "refund.created");
    charge =
        customer.journal.record(
            at,
            charge.toBuilder().setAmountRefunded(amount).setRefunded(amount == charge.getAmount()),
            "charge.refunded");
    if (fails) {
      Instant when = at.plusSeconds(failsAfter * 86_400L);
      customer.agenda.at(when, () -> fail(when));
    }
  }

  private void fail(Instant at) {
    BalanceTransaction entry =
        customer.ledger.refundFailure(stream, at, row.getId(), row.getAmount());
    row =
        customer.journal.record(
            at,
            row.toBuilder()
                .setStatus("failed")
                .setFailureReason("expired_or_canceled_card")
                .setFailureBalanceTransaction(entry.getId()),
            "refund.updated",
            "refund.failed");
    charge =
        customer.journal.record(
            at, charge.toBuilder().setAmountRefunded(0).setRefunded(false), "charge.updated");
  }
}
