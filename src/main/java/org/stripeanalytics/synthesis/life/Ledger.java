package org.stripeanalytics.synthesis.life;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.stripeanalytics.model.Money;
import org.stripeanalytics.model.raw.BalanceTransaction;
import org.stripeanalytics.model.raw.FeeDetail;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Agenda;
import org.stripeanalytics.synthesis.history.BusinessDays;
import org.stripeanalytics.synthesis.history.Journal;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.profile.Profile;

/**
 * The balance transactions of one customer: what each movement of money does to the account's
 * balance, and what Stripe keeps of it. Money becomes available on the second business day.
 */
final class Ledger {
  private static final int DAYS_UNTIL_AVAILABLE = 2;

  private final Profile profile;
  private final String token;
  private final Agenda agenda;
  private final Journal journal;

  Ledger(Population population, Agenda agenda, Journal journal) {
    this.profile = population.profile();
    this.token = population.token();
    this.agenda = agenda;
    this.journal = journal;
  }

  /** A charge that succeeded, less the fee for a card of this country. */
  BalanceTransaction charge(
      RandomStream thing, Instant at, String charge, long amount, String cardCountry) {
    Profile.Fees fees = profile.fees();
    BigDecimal rate = fees.cardRate();
    if (!profile.account().country().equals(cardCountry)) {
      rate = rate.add(fees.internationalRate());
    }
    long fee = Money.part(amount, rate) + fees.fixed();
    return entry(
        thing, at, "charge", "charge", charge, amount, fee, "Stripe processing fees", null);
  }

  /** A refund. Stripe keeps the fee of the charge. */
  BalanceTransaction refund(RandomStream thing, Instant at, String refund, long amount) {
    return entry(thing, at, "refund", "refund", refund, -amount, 0, null, "REFUND FOR CHARGE");
  }

  /** A refund that the bank sent back. */
  BalanceTransaction refundFailure(RandomStream thing, Instant at, String refund, long amount) {
    return entry(
        thing,
        at,
        "refund_failure",
        "refund_failure",
        refund,
        amount,
        0,
        null,
        "REFUND FAILURE FOR CHARGE");
  }

  /** Money withdrawn by a dispute, and the fee for it. */
  BalanceTransaction disputeWithdrawal(
      RandomStream thing, Instant at, String dispute, long amount) {
    return entry(
        thing,
        at,
        "adjustment",
        "dispute",
        dispute,
        -amount,
        profile.fees().dispute(),
        "Dispute fee",
        "Chargeback withdrawal");
  }

  /** Money back from a dispute that was won. The fee stays with Stripe. */
  BalanceTransaction disputeReversal(RandomStream thing, Instant at, String dispute, long amount) {
    return entry(
        thing,
        at,
        "adjustment",
        "dispute_reversal",
        dispute,
        amount,
        0,
        null,
        "Chargeback reversal");
  }

  private BalanceTransaction entry(
      RandomStream thing,
      Instant at,
      String type,
      String category,
      String source,
      long amount,
      long fee,
      String feeDescription,
      String description) {
    List<FeeDetail> details =
        fee == 0
            ? List.of()
            : List.of(
                FeeDetail.builder()
                    .setAmount(fee)
                    .setCurrency(profile.account().currency())
                    .setDescription(feeDescription)
                    .setType("stripe_fee")
                    .build());
    Instant available = BusinessDays.after(at, DAYS_UNTIL_AVAILABLE);
    BalanceTransaction pending =
        journal.record(
            at,
            BalanceTransaction.builder()
                .setId(StripeId.BALANCE_TRANSACTION.of(thing.fork(category), token, at))
                .setCreated(at)
                .setAmount(amount)
                .setAvailableOn(available)
                .setBalanceType("payments")
                .setCurrency(profile.account().currency())
                .setDescription(description)
                .setFee(fee)
                .setFeeDetails(details)
                .setLivemode(true)
                .setNet(amount - fee)
                .setReportingCategory(category)
                .setSourceObject(source)
                .setStatus("pending")
                .setType(type));
    agenda.at(
        available, () -> journal.record(available, pending.toBuilder().setStatus("available")));
    return pending;
  }
}
