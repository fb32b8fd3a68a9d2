package org.stripeanalytics.synthesis.life;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.model.truth.TrueMovement;
import org.stripeanalytics.synthesis.account.Catalogue;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Agenda;
import org.stripeanalytics.synthesis.history.Journal;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.SignupOutcome;

/**
 * The life of one customer from the signup on: subscribes or not, leaves, and sometimes comes back
 * with a new subscription.
 */
final class CustomerLife implements SubscriptionLife.Listener {
  private static final Duration SOONEST_SUBSCRIPTION = Duration.ofSeconds(40);
  private static final Duration LATEST_SUBSCRIPTION = Duration.ofMinutes(12);
  private static final Duration SOONEST_RETURN = Duration.ofDays(7);

  private final SimulatedCustomer customer;
  private final Wallet wallet;
  private int subscriptions;
  private SignupOutcome outcome;
  private Catalogue.@Nullable Plan firstPlan;
  private boolean meansToPay;

  private CustomerLife(SimulatedCustomer customer) {
    this.customer = customer;
    this.wallet = new Wallet(customer);
  }

  /** Puts the whole life of a customer on the agenda, beginning with the signup. */
  static CustomerLife begin(Population population, long index, Agenda agenda, Journal journal) {
    Instant signup = population.signups().signup(index);
    CustomerLife life =
        new CustomerLife(
            new SimulatedCustomer(population, population.customer(index), signup, agenda, journal));
    agenda.at(signup, () -> life.signUp(signup));
    return life;
  }

  private void signUp(Instant at) {
    customer.signUp(at);
    Population population = customer.population;
    RandomStream decision = customer.stream.fork("decision");
    outcome = population.outcomes().pick(decision);
    Catalogue.Plan plan = population.plan(customer.region, decision);
    boolean annual = decision.chance(customer.profile.annualShare());
    boolean redeems = decision.chance(customer.profile.coupons().share());
    String coupon = population.offers().pick(decision);
    Instant when = decision.between(at.plus(SOONEST_SUBSCRIPTION), at.plus(LATEST_SUBSCRIPTION));
    if (outcome != SignupOutcome.NONE) {
      firstPlan = plan;
      meansToPay = outcome == SignupOutcome.DIRECT;
      customer.agenda.at(
          when,
          () -> {
            wallet.attachNew(when);
            SubscriptionLife subscription = nextSubscription(plan, annual);
            if (redeems) {
              subscription.redeem(coupon);
            }
            if (outcome == SignupOutcome.TRIAL) {
              subscription.startTrial(when);
            } else {
              subscription.startPaying(when);
            }
          });
    }
  }

  @Override
  public void willConvert() {
    meansToPay = true;
  }

  @Override
  public void ended(SubscriptionLife subscription, Instant at, boolean mayReturn) {
    if (!mayReturn || !subscription.wasPaid()) {
      return;
    }
    RandomStream decision = customer.stream.fork("return", subscriptions);
    Profile.Reactivation terms = customer.profile.reactivation();
    boolean returns = decision.chance(terms.share());
    double days = decision.nextLogNormal(terms.medianDays(), terms.spread());
    boolean samePlan = decision.chance(terms.samePlan());
    if (!returns) {
      return;
    }
    Instant when = at.plus(SOONEST_RETURN).plusSeconds(Math.round(days * 86_400));
    Catalogue.Plan old = subscription.plan();
    Catalogue.Plan plan =
        samePlan ? old : customer.population.catalogue().next(old, old.rank() == 0 ? 1 : -1);
    customer.agenda.at(
        when,
        () -> {
          if (wallet.isEmpty() || wallet.expiredAt(when) || customer.row().getDelinquent()) {
            wallet.attachNew(when);
          }
          nextSubscription(plan, subscription.annual()).startPaying(when);
        });
  }

  private SubscriptionLife nextSubscription(Catalogue.Plan plan, boolean annual) {
    RandomStream stream = customer.stream.fork("subscription", subscriptions++);
    return new SubscriptionLife(customer, wallet, this, stream, plan, annual);
  }

  /** What the simulation knows about the customer, once it has signed up. */
  Optional<CustomerTruth> truth() {
    if (!customer.hasSignedUp()) {
      return Optional.empty();
    }
    List<TrueMovement> movements = customer.revenue.movements();
    Instant churnedAt = customer.revenue.churnedAt();
    return Optional.of(
        CustomerTruth.builder()
            .setCustomer(customer.row().getId())
            .setSignedUpAt(customer.row().getCreated())
            .setRegion(customer.region.id())
            .setCountry(customer.country)
            .setChannel(customer.channel)
            .setOutcome(outcome.name().toLowerCase(Locale.ROOT))
            .setPlan(firstPlan == null ? null : firstPlan.name())
            .setMeansToPay(meansToPay)
            .setVoluntaryHazard(voluntaryHazard())
            .setDeclineProbability(declineProbability())
            .setFirstPaymentAt(customer.firstPaymentAt())
            .setChurnedAt(churnedAt)
            .setChurnKind(
                churnedAt == null ? null : movements.get(movements.size() - 1).getChurnKind())
            .setMovements(movements)
            .build());
  }

  private @Nullable BigDecimal voluntaryHazard() {
    return firstPlan == null
        ? null
        : exact(firstPlan.terms().voluntaryChurn() * customer.channelTerms().churnMultiplier());
  }

  private @Nullable BigDecimal declineProbability() {
    return wallet.isEmpty()
        ? null
        : exact(
            customer.population.declines().probability(customer.region, wallet.funding(), false));
  }

  /** As a NUMERIC holds it. */
  private static BigDecimal exact(double value) {
    return BigDecimal.valueOf(value).setScale(9, RoundingMode.HALF_UP);
  }
}
