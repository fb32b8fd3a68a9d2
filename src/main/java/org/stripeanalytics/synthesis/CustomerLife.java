package org.stripeanalytics.synthesis;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.MetadataEntry;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.model.truth.TrueMovement;

/**
 * One customer of the account, from the signup on: subscribes or not, leaves, and sometimes comes
 * back with a new subscription.
 */
final class CustomerLife {
  private static final Duration SOONEST_SUBSCRIPTION = Duration.ofSeconds(40);
  private static final Duration LATEST_SUBSCRIPTION = Duration.ofMinutes(12);
  private static final Duration SOONEST_RETURN = Duration.ofDays(7);
  private static final String INVOICE_PREFIX_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int INVOICE_PREFIX_LENGTH = 8;

  final Population population;
  final RandomStream stream;
  final Agenda agenda;
  final Journal journal;
  final Ledger ledger;
  final Aftermath aftermath;

  private final RevenueTruth revenue;
  private final Region region;
  private final String country;
  private final String channel;
  private final Person person;
  private final Wallet wallet;
  private Customer customer;
  private int subscriptions;
  private int invoiceNumbers;
  private int paidInvoices;
  private SignupOutcome outcome;
  private Catalogue.@Nullable Plan firstPlan;
  private boolean meansToPay;
  private @Nullable Instant firstPaymentAt;

  private CustomerLife(
      Population population, RandomStream stream, Instant signup, Agenda agenda, Journal journal) {
    this.population = population;
    this.stream = stream;
    this.agenda = agenda;
    this.journal = journal;
    this.ledger = new Ledger(population, agenda, journal);
    this.aftermath = new Aftermath(this);
    this.revenue = new RevenueTruth(new ReportingDays(population.account.zone()));
    RandomStream traits = stream.fork("traits");
    this.region = population.signups.region(signup, traits);
    this.country = population.country(region, traits);
    this.channel = population.channels.pick(traits);
    this.person = People.of(country).pick(stream.fork("person"));
    this.wallet = new Wallet(this);
  }

  /** Puts the whole life of a customer on the agenda, beginning with the signup. */
  static CustomerLife begin(Population population, long index, Agenda agenda, Journal journal) {
    Instant signup = population.signups.signup(index);
    CustomerLife life =
        new CustomerLife(population, population.customer(index), signup, agenda, journal);
    agenda.at(signup, () -> life.signUp(signup));
    return life;
  }

  private void signUp(Instant at) {
    RandomStream decision = stream.fork("decision");
    customer =
        journal.record(
            at,
            Customer.builder()
                .setId(StripeId.CUSTOMER.of(stream, population.token, at))
                .setCreated(at)
                .setName(person.name())
                .setEmail(person.email())
                .setPhone(person.phone())
                .setAddress(person.address())
                .setBalance(0)
                .setDelinquent(false)
                .setInvoicePrefix(invoicePrefix(decision.fork("invoice prefix")))
                .setTaxExempt("none")
                .setPreferredLocales(List.of(person.locale()))
                .setLivemode(true)
                .setMetadata(
                    List.of(MetadataEntry.builder().setKey("channel").setValue(channel).build())),
            "customer.created");
    outcome = population.outcomes.pick(decision);
    Catalogue.Plan plan = population.plan(region, decision);
    boolean annual = decision.chance(population.profile.annualShare());
    boolean redeems = decision.chance(population.profile.coupons().share());
    String coupon = population.offers.pick(decision);
    Instant when = decision.between(at.plus(SOONEST_SUBSCRIPTION), at.plus(LATEST_SUBSCRIPTION));
    if (outcome != SignupOutcome.NONE) {
      firstPlan = plan;
      meansToPay = outcome == SignupOutcome.DIRECT;
      agenda.at(
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

  /**
   * Hears that a subscription has ended.
   *
   * @param mayReturn whether this is the kind of end after which customers come back
   */
  void subscriptionEnded(SubscriptionLife ended, Instant at, boolean mayReturn) {
    if (!mayReturn || !ended.wasPaid()) {
      return;
    }
    RandomStream decision = stream.fork("return", subscriptions);
    Profile.Reactivation terms = population.profile.reactivation();
    boolean returns = decision.chance(terms.share());
    double days = decision.nextLogNormal(terms.medianDays(), terms.spread());
    boolean samePlan = decision.chance(terms.samePlan());
    if (!returns) {
      return;
    }
    Instant when = at.plus(SOONEST_RETURN).plusSeconds(Math.round(days * 86_400));
    Catalogue.Plan old = ended.plan();
    Catalogue.Plan plan = samePlan ? old : population.catalogue.next(old, old.rank() == 0 ? 1 : -1);
    agenda.at(
        when,
        () -> {
          if (wallet.isEmpty() || wallet.expiredAt(when) || customer.getDelinquent()) {
            wallet.attachNew(when);
          }
          nextSubscription(plan, ended.annual()).startPaying(when);
        });
  }

  private SubscriptionLife nextSubscription(Catalogue.Plan plan, boolean annual) {
    int number = subscriptions++;
    return new SubscriptionLife(this, stream.fork("subscription", number), plan, annual);
  }

  /** Writes down a change of the customer object, if it is one. */
  void changeCustomer(Instant at, Customer.Builder next) {
    Customer candidate = next.build();
    if (!candidate.equals(customer)) {
      customer = journal.record(at, next, "customer.updated");
    }
  }

  void setDelinquent(Instant at, boolean delinquent) {
    changeCustomer(at, customer.toBuilder().setDelinquent(delinquent));
  }

  /** Invoice numbers have no gaps, so one is taken only at finalisation. */
  String nextInvoiceNumber() {
    String number = Integer.toString(++invoiceNumbers);
    return customer.getInvoicePrefix()
        + "-"
        + "0".repeat(Math.max(0, 4 - number.length()))
        + number;
  }

  void countPaidInvoice(Instant at) {
    if (paidInvoices++ == 0) {
      firstPaymentAt = at;
    }
  }

  /** Hears that the trial is going to be paid, if nothing comes in between. */
  void willConvert() {
    meansToPay = true;
  }

  /** What the simulation knows about the customer, once it has signed up. */
  Optional<CustomerTruth> truth() {
    if (customer == null) {
      return Optional.empty();
    }
    List<TrueMovement> movements = revenue.movements();
    Instant churnedAt = revenue.churnedAt();
    return Optional.of(
        CustomerTruth.builder()
            .setCustomer(customer.getId())
            .setSignedUpAt(customer.getCreated())
            .setRegion(region.id())
            .setCountry(country)
            .setChannel(channel)
            .setOutcome(outcome.name().toLowerCase(Locale.ROOT))
            .setPlan(firstPlan == null ? null : firstPlan.name())
            .setMeansToPay(meansToPay)
            .setVoluntaryHazard(
                firstPlan == null
                    ? null
                    : exact(firstPlan.terms().voluntaryChurn() * channel().churnMultiplier()))
            .setDeclineProbability(
                wallet.isEmpty()
                    ? null
                    : exact(population.declines.probability(region, wallet.funding(), false)))
            .setFirstPaymentAt(firstPaymentAt)
            .setChurnedAt(churnedAt)
            .setChurnKind(
                churnedAt == null ? null : movements.get(movements.size() - 1).getChurnKind())
            .setMovements(movements)
            .build());
  }

  /** As a NUMERIC holds it. */
  private static BigDecimal exact(double value) {
    return BigDecimal.valueOf(value).setScale(9, RoundingMode.HALF_UP);
  }

  boolean hasPaid() {
    return paidInvoices > 0;
  }

  Customer customer() {
    return customer;
  }

  Person person() {
    return person;
  }

  RevenueTruth revenue() {
    return revenue;
  }

  Region region() {
    return region;
  }

  Wallet wallet() {
    return wallet;
  }

  Profile.Channel channel() {
    return population.profile.channels().get(channel);
  }

  private static String invoicePrefix(RandomStream stream) {
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < INVOICE_PREFIX_LENGTH; i++) {
      prefix.append(INVOICE_PREFIX_LETTERS.charAt(stream.nextInt(INVOICE_PREFIX_LETTERS.length())));
    }
    return prefix.toString().toUpperCase(Locale.ROOT);
  }
}
