package org.stripeanalytics.synthesis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.MetadataEntry;

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

  private final Region region;
  private final String channel;
  private final Person person;
  private final Wallet wallet;
  private Customer customer;
  private int subscriptions;
  private int invoiceNumbers;
  private int paidInvoices;

  private CustomerLife(
      Population population, RandomStream stream, Instant signup, Agenda agenda, Journal journal) {
    this.population = population;
    this.stream = stream;
    this.agenda = agenda;
    this.journal = journal;
    this.ledger = new Ledger(population, agenda, journal);
    this.aftermath = new Aftermath(this);
    RandomStream traits = stream.fork("traits");
    this.region = population.signups.region(signup, traits);
    String country = population.country(region, traits);
    this.channel = population.channels.pick(traits);
    this.person = People.of(country).pick(stream.fork("person"));
    this.wallet = new Wallet(this);
  }

  /** Puts the whole life of a customer on the agenda, beginning with the signup. */
  static void begin(Population population, long index, Agenda agenda, Journal journal) {
    Instant signup = population.signups.signup(index);
    CustomerLife life =
        new CustomerLife(population, population.customer(index), signup, agenda, journal);
    agenda.at(signup, () -> life.signUp(signup));
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
    SignupOutcome outcome = population.outcomes.pick(decision);
    Catalogue.Plan plan = population.plan(region, decision);
    boolean annual = decision.chance(population.profile.annualShare());
    boolean redeems = decision.chance(population.profile.coupons().share());
    String coupon = population.offers.pick(decision);
    Instant when = decision.between(at.plus(SOONEST_SUBSCRIPTION), at.plus(LATEST_SUBSCRIPTION));
    if (outcome != SignupOutcome.NONE) {
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

  void countPaidInvoice() {
    paidInvoices++;
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
