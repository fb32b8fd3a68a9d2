package org.stripeanalytics.synthesis.account;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.model.Money;
import org.stripeanalytics.model.raw.BalanceTransaction;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.Payout;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Agenda;
import org.stripeanalytics.synthesis.history.BusinessDays;
import org.stripeanalytics.synthesis.history.Journal;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.profile.Profile;

/**
 * The objects of the account that depend on what all its customers do: the fee that Stripe Billing
 * takes for each day, the weekly payout of what has become available, and how often each coupon was
 * redeemed. A week whose balance is not positive pays nothing out and is carried over.
 */
public final class AccountLife {
  private static final int DAYS_UNTIL_AVAILABLE = 2;
  private static final int SECONDS_INTO_PAYOUT_DAY = 3_600;

  private final Population population;
  private final Profile profile;
  private final Journal journal;
  private final Agenda agenda = new Agenda();
  private final Map<Tally, Long> totals;
  private final Map<LocalDate, Long> feesByPayout = new HashMap<>();
  private long carried;

  /**
   * @param totals of all customers whose history reaches to the same end
   */
  public AccountLife(Population population, Journal journal, Map<Tally, Long> totals) {
    this.population = population;
    this.profile = population.profile();
    this.journal = journal;
    this.totals = totals;
  }

  public void simulate(Instant end) {
    LocalDate first = population.account().start();
    LocalDate last = LocalDate.ofInstant(end, ZoneOffset.UTC);
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      LocalDate today = day;
      Instant midnight = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      agenda.at(midnight, () -> chargeBillingFee(today, midnight));
      if (day.getDayOfWeek().getValue() == profile.payouts().weekday()) {
        Instant when = start(day).plusSeconds(SECONDS_INTO_PAYOUT_DAY);
        agenda.at(when, () -> payOut(today, when));
      }
    }
    profile.coupons().offers().forEach((code, offer) -> follow(code, offer, first, last));
    agenda.runUntil(end);
  }

  private void follow(String code, Profile.Offer offer, LocalDate first, LocalDate last) {
    Instant created = first.atStartOfDay(population.account().zone()).toInstant();
    Coupon[] row = new Coupon[1];
    agenda.at(
        created,
        () ->
            row[0] =
                journal.record(
                    created, population.catalogue().coupon(code, offer), "coupon.created"));
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      Long redeemed = totals.get(Tally.of(Tally.REDEEMED, code, day));
      if (redeemed != null) {
        Instant close = start(day.plusDays(1)).minusSeconds(1);
        agenda.at(
            close,
            () ->
                row[0] =
                    journal.record(
                        close,
                        row[0].toBuilder().setTimesRedeemed(row[0].getTimesRedeemed() + redeemed),
                        "coupon.updated"));
      }
    }
  }

  private void chargeBillingFee(LocalDate day, Instant at) {
    long billed = totals.getOrDefault(Tally.of(Tally.BILLED, "", day), 0L);
    long fee = Money.part(billed, profile.fees().billingRate());
    if (fee == 0) {
      return;
    }
    Instant available = BusinessDays.after(at, DAYS_UNTIL_AVAILABLE);
    feesByPayout.merge(Tallies.payoutDay(available, profile.payouts().weekday()), -fee, Long::sum);
    BalanceTransaction pending =
        journal.record(
            at,
            entry("billing fee", day, at)
                .setAmount(-fee)
                .setNet(-fee)
                .setAvailableOn(available)
                .setDescription("Billing - Usage Fee (" + day + ")")
                .setReportingCategory("fee")
                .setStatus("pending")
                .setType("stripe_fee"));
    agenda.at(
        available, () -> journal.record(available, pending.toBuilder().setStatus("available")));
  }

  private void payOut(LocalDate day, Instant at) {
    long amount =
        carried
            + totals.getOrDefault(Tally.of(Tally.PAYOUT, "", day), 0L)
            + feesByPayout.getOrDefault(day, 0L);
    if (amount <= 0) {
      carried = amount;
      return;
    }
    carried = 0;
    RandomStream stream = population.root().fork("payout", day.toEpochDay());
    String id = StripeId.PAYOUT.of(stream, population.token(), at);
    BalanceTransaction entry =
        journal.record(
            at,
            entry("payout", day, at)
                .setAmount(-amount)
                .setNet(-amount)
                .setAvailableOn(at)
                .setDescription("STRIPE PAYOUT")
                .setReportingCategory("payout")
                .setSourceObject(id)
                .setStatus("available")
                .setType("payout"));
    Instant arrival = BusinessDays.after(at, DAYS_UNTIL_AVAILABLE);
    Payout payout =
        journal.record(
            at,
            Payout.builder()
                .setId(id)
                .setCreated(at)
                .setAmount(amount)
                .setArrivalDate(arrival)
                .setAutomatic(true)
                .setBalanceTransaction(entry.getId())
                .setCurrency(profile.account().currency())
                .setDescription("STRIPE PAYOUT")
                .setDestination("ba_1" + population.token())
                .setMethod("standard")
                .setReconciliationStatus("in_progress")
                .setSourceType("card")
                .setStatus("in_transit")
                .setType("bank_account")
                .setLivemode(true),
            "payout.created");
    agenda.at(
        arrival,
        () ->
            journal.record(
                arrival,
                payout.toBuilder().setStatus("paid").setReconciliationStatus("completed"),
                "payout.paid",
                "payout.reconciliation_completed"));
  }

  private BalanceTransaction.Builder entry(String name, LocalDate day, Instant at) {
    RandomStream stream = population.root().fork(name, day.toEpochDay());
    return BalanceTransaction.builder()
        .setId(StripeId.ACCOUNT_TRANSACTION.of(stream, population.token(), at))
        .setCreated(at)
        .setBalanceType("payments")
        .setCurrency(profile.account().currency())
        .setFee(0)
        .setFeeDetails(List.of())
        .setLivemode(true);
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
