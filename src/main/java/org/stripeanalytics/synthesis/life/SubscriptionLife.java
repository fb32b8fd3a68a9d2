package org.stripeanalytics.synthesis.life;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.CancellationDetails;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.model.raw.SubscriptionItem;
import org.stripeanalytics.synthesis.account.Catalogue;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.profile.Profile;

/**
 * One subscription: trial or first payment, renewals, plan changes, pauses, and its end. What the
 * customer does in a period is decided once, when that period is paid. When something happens is
 * said here; how the object then looks, in {@link NextVersion}.
 */
final class SubscriptionLife implements BilledSubscription {
  private static final Duration TRIAL_WARNING = Duration.ofDays(3);
  private static final Duration UNPAID_MARGIN = Duration.ofDays(1);
  private static final int MONTHS_PER_YEAR = 12;
  private static final String UPDATED = "customer.subscription.updated";

  /** Whoever is told what becomes of a subscription. */
  interface Listener {
    /** The trial is going to be paid, if nothing comes in between. */
    void willConvert();

    /**
     * The subscription has ended.
     *
     * @param mayReturn whether this is the kind of end after which customers come back
     */
    void ended(SubscriptionLife subscription, Instant at, boolean mayReturn);
  }

  private final SimulatedCustomer customer;
  private final Wallet wallet;
  private final Listener listener;
  private final RandomStream stream;
  private final boolean annual;
  private Catalogue.Plan plan;
  private Catalogue.@Nullable Plan planAtRenewal;
  private @Nullable String couponToRedeem;
  private final Redemption redemption;
  private BillingPeriods periods;

  /** Number of the period that the next renewal opens, counted from the anchor. */
  private int nextPeriod;

  private Subscription row;
  private InvoiceLife latestInvoice;
  private int invoices;
  private int monthsPaid;
  private int downgradedAfter = Integer.MIN_VALUE / 2;
  private boolean firstPaymentFails;

  SubscriptionLife(
      SimulatedCustomer customer,
      Wallet wallet,
      Listener listener,
      RandomStream stream,
      Catalogue.Plan plan,
      boolean annual) {
    this.customer = customer;
    this.wallet = wallet;
    this.listener = listener;
    this.stream = stream;
    this.plan = plan;
    this.annual = annual;
    this.redemption = new Redemption(customer, stream);
  }

  /** Has the subscription start with a discount. */
  void redeem(String coupon) {
    couponToRedeem = coupon;
  }

  void startTrial(Instant at) {
    Instant trialEnd = at.plus(Duration.ofDays(customer.profile.trial().days()));
    periods = new BillingPeriods(trialEnd, annual ? MONTHS_PER_YEAR : 1);
    Subscription.Builder trialing =
        begun(at, trialEnd)
            .setStatus("trialing")
            .setTrialStart(at)
            .setTrialEnd(trialEnd)
            .setBillingCycleAnchor(trialEnd);
    record(at, trialing, "customer.subscription.created");
    latestInvoice.openAtOnce(
        at, new NewInvoice("subscription_create", lines(at).trial(plan), List.of(), at, at));
    Instant warning = trialEnd.minus(TRIAL_WARNING);
    if (warning.isAfter(at)) {
      customer.agenda.at(warning, () -> warnOfTrialEnd(warning));
    }
    customer.agenda.at(trialEnd, () -> endPeriod(trialEnd));
    decideTrial(at, trialEnd);
  }

  void startPaying(Instant at) {
    periods = new BillingPeriods(at, annual ? MONTHS_PER_YEAR : 1);
    nextPeriod = 1;
    Instant end = periods.start(1);
    Subscription.Builder first = begun(at, end).setBillingCycleAnchor(at);
    boolean fails = latestInvoice.willFail(at);
    record(at, first.setStatus(fails ? "incomplete" : "active"), "customer.subscription.created");
    customer.agenda.at(end, () -> endPeriod(end));
    AppliedDiscount applied = redemption.current();
    InvoiceLines lines = lines(at);
    redemption.useUp(at);
    latestInvoice.openAtOnce(
        at,
        new NewInvoice(
            "subscription_create", lines.period(plan, applied), Redemption.ids(applied), at, at));
  }

  private Subscription.Builder begun(Instant at, Instant periodEnd) {
    String token = customer.token;
    String id = StripeId.SUBSCRIPTION.of(stream, token, at);
    if (couponToRedeem != null) {
      redemption.redeem(couponToRedeem, id, at);
    }
    latestInvoice = nextInvoice(at);
    SubscriptionItem item =
        NewSubscription.item(
            StripeId.SUBSCRIPTION_ITEM.of(stream, token, at), at, periodEnd, price());
    return NewSubscription.of(id, at, customer.row(), item)
        .setLatestInvoice(latestInvoice.id())
        .setDiscounts(redemption.ids());
  }

  private void warnOfTrialEnd(Instant at) {
    if (isLive()) {
      record(at, row.toBuilder(), "customer.subscription.trial_will_end");
    }
  }

  private void decideTrial(Instant start, Instant end) {
    TrialDecision decision =
        TrialDecision.of(customer.population, customer.region, start, end, stream.fork("trial"));
    Instant when = decision.when();
    if (decision.converts()) {
      listener.willConvert();
      return;
    }
    switch (decision.otherwise()) {
      case CANCELED ->
          customer.agenda.at(when, () -> cancel(when, decision.atEnd(), decision.feedback()));
      case FAILED_FIRST_PAYMENT -> firstPaymentFails = true;
      case CARD_REMOVED -> customer.agenda.at(when, () -> wallet.detach(when));
    }
  }

  /** A trial or a paid period comes to its end. */
  private void endPeriod(Instant at) {
    if (!isLive() || row.getStatus().equals("incomplete")) {
      return;
    }
    if (row.getCancelAtPeriodEnd()) {
      end(at, row.getCancellationDetails(), true);
    } else if (row.getStatus().equals("unpaid")) {
      end(at, NextVersion.because("payment_failed", null), true);
    } else if (wallet.isEmpty()) {
      record(at, row.toBuilder().setStatus("paused"), UPDATED, "customer.subscription.paused");
    } else {
      renew(at);
    }
  }

  private void renew(Instant at) {
    int number = nextPeriod++;
    Instant end = periods.start(number + 1);
    SubscriptionItem elapsed = item();
    if (planAtRenewal != null) {
      plan = planAtRenewal;
      planAtRenewal = null;
      downgradedAfter = monthsPaid;
    }
    redemption.endIfOver(at);
    AppliedDiscount applied = redemption.current();
    latestInvoice = nextInvoice(at);
    SubscriptionItem next = NextVersion.ofItem(elapsed, at, end, price());
    redemption.useUp(at);
    record(
        at,
        NextVersion.renewed(row, next)
            .setDiscounts(redemption.ids())
            .setLatestInvoice(latestInvoice.id()),
        UPDATED);
    latestInvoice.draft(
        at,
        new NewInvoice(
            "subscription_cycle",
            lines(at).period(plan, applied),
            Redemption.ids(applied),
            elapsed.getCurrentPeriodStart(),
            elapsed.getCurrentPeriodEnd()));
    customer.agenda.at(end, () -> endPeriod(end));
  }

  @Override
  public void periodPaid(Instant at) {
    monthsPaid += annual ? MONTHS_PER_YEAR : 1;
    makeActive(at);
    int months = annual ? monthsPaid - MONTHS_PER_YEAR + 1 : monthsPaid;
    PeriodChoice choice =
        PeriodChoice.of(
            customer.population,
            plan,
            customer.channelTerms(),
            item(),
            at,
            months,
            monthsPaid - 1 - downgradedAfter,
            annual,
            stream.fork("period", nextPeriod));
    Instant when = choice.when();
    switch (choice.kind()) {
      case STAY -> {}
      case CANCEL -> {
        customer.agenda.at(when, () -> cancel(when, choice.atPeriodEnd(), choice.detail()));
        Instant revoked = choice.revokedAt();
        if (revoked != null) {
          customer.agenda.at(revoked, () -> revokeCancellation(revoked));
        }
      }
      case UPGRADE -> customer.agenda.at(when, () -> upgrade(when));
      case DOWNGRADE -> customer.agenda.at(when, this::downgradeAtRenewal);
      case PAUSE -> customer.agenda.at(when, () -> pause(when, choice.detail(), choice.months()));
    }
  }

  @Override
  public void paymentFailed(Instant at) {
    if (row.getStatus().equals("active")) {
      record(at, row.toBuilder().setStatus("past_due"), UPDATED);
    }
  }

  @Override
  public void collectionExhausted(Instant at) {
    RandomStream decision = stream.fork("exhausted", nextPeriod);
    Profile.Payments payments = customer.profile.payments();
    boolean unpaid = decision.chance(payments.unpaidShare());
    boolean paysLater = decision.chance(payments.unpaidPaysLater());
    if (firstPaymentFails || !unpaid) {
      end(at, NextVersion.because("payment_failed", null), true);
      return;
    }
    record(at, row.toBuilder().setStatus("unpaid"), UPDATED);
    if (paysLater) {
      Instant when =
          decision.between(
              at.plus(UNPAID_MARGIN), item().getCurrentPeriodEnd().minus(UNPAID_MARGIN));
      InvoiceLife invoice = latestInvoice;
      customer.agenda.at(when, () -> invoice.payLate(when));
    }
  }

  @Override
  public void expireIncomplete(Instant at) {
    record(at, row.toBuilder().setStatus("incomplete_expired").setEndedAt(at), UPDATED);
  }

  @Override
  public void endByDispute(Instant at) {
    if (isLive()) {
      row = NextVersion.withoutSchedule(row).build();
      end(at, NextVersion.because("payment_disputed", null), false);
    }
  }

  private void cancel(Instant at, boolean atPeriodEnd, String feedback) {
    if (!isLive()) {
      return;
    }
    CancellationDetails details = NextVersion.because("cancellation_requested", feedback);
    if (!atPeriodEnd) {
      end(at, details, true);
      return;
    }
    record(at, NextVersion.cancellationScheduled(row, at, details), UPDATED);
  }

  private void revokeCancellation(Instant at) {
    if (isLive() && row.getCancelAtPeriodEnd()) {
      record(at, NextVersion.cancellationRevoked(row), UPDATED);
    }
  }

  private void upgrade(Instant at) {
    if (!isSettled() || redemption.current() != null) {
      return;
    }
    Catalogue.Plan from = plan;
    plan = customer.population.catalogue().next(from, 1);
    if (wallet.expiredAt(at)) {
      wallet.attachNew(at);
    }
    SubscriptionItem before = item();
    latestInvoice = nextInvoice(at);
    record(
        at,
        row.toBuilder()
            .setItems(List.of(before.toBuilder().setPrice(price()).build()))
            .setLatestInvoice(latestInvoice.id()),
        UPDATED);
    latestInvoice.openAtOnce(
        at,
        new NewInvoice(
            "subscription_update",
            lines(at).proration(before, from, plan),
            List.of(),
            before.getCurrentPeriodStart(),
            at));
  }

  private void downgradeAtRenewal() {
    if (isSettled()) {
      planAtRenewal = customer.population.catalogue().next(plan, -1);
    }
  }

  private void pause(Instant at, String behavior, int months) {
    if (!isSettled()) {
      return;
    }
    Instant resumes = BillingPeriods.plusMonths(at, months);
    record(at, NextVersion.paused(row, behavior, resumes), UPDATED);
    customer.agenda.at(resumes, () -> resume(resumes));
  }

  private void resume(Instant at) {
    if (isLive()) {
      record(at, row.toBuilder().setPauseCollection(null), UPDATED);
    }
  }

  private void makeActive(Instant at) {
    if (!row.getStatus().equals("active")) {
      record(at, row.toBuilder().setStatus("active"), UPDATED);
    }
  }

  private void end(Instant at, CancellationDetails details, boolean mayReturn) {
    record(at, NextVersion.ended(row, at, details), "customer.subscription.deleted");
    latestInvoice.abandon(at);
    listener.ended(this, at, mayReturn);
  }

  private InvoiceLife nextInvoice(Instant at) {
    return new InvoiceLife(customer, wallet, this, stream.fork("invoice", invoices++), at);
  }

  private InvoiceLines lines(Instant at) {
    return new InvoiceLines(latestInvoice.stream(), customer.token, at, row);
  }

  private void record(Instant at, Subscription.Builder next, String... events) {
    row = customer.journal.record(at, next, events);
    customer.revenue.changed(at, row, arr());
  }

  /** Annualised recurring revenue in minor units, less coupons that never end. */
  private long arr() {
    int periods = annual ? 1 : MONTHS_PER_YEAR;
    return redemption.leftOf(item().getPrice().getUnitAmount() * periods, periods);
  }

  private ItemPrice price() {
    return plan.price(annual);
  }

  private SubscriptionItem item() {
    return row.getItems().get(0);
  }

  private boolean isLive() {
    return row.getEndedAt() == null && !row.getStatus().equals("paused");
  }

  /** Paid up, going on, and nothing else under way. */
  private boolean isSettled() {
    return row.getStatus().equals("active")
        && !row.getCancelAtPeriodEnd()
        && row.getPauseCollection() == null;
  }

  @Override
  public Subscription row() {
    return row;
  }

  Catalogue.Plan plan() {
    return plan;
  }

  boolean annual() {
    return annual;
  }

  boolean wasPaid() {
    return monthsPaid > 0;
  }

  @Override
  public boolean firstPaymentFails() {
    return firstPaymentFails;
  }
}
