package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.MetadataEntry;
import org.stripeanalytics.synthesis.account.People;
import org.stripeanalytics.synthesis.account.Person;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Agenda;
import org.stripeanalytics.synthesis.history.Journal;
import org.stripeanalytics.synthesis.history.ReportingDays;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.Region;

/**
 * One customer of the account, as all that happens to it sees it: who it is, the streams that
 * decide for it, where its changes are written down, and its object in Stripe. Cards, subscriptions
 * and invoices know it; it knows none of them.
 */
final class SimulatedCustomer {
  private static final String INVOICE_PREFIX_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int INVOICE_PREFIX_LENGTH = 8;

  final Population population;
  final Profile profile;
  final String token;
  final RandomStream stream;
  final Agenda agenda;
  final Journal journal;
  final Ledger ledger;
  final RevenueTruth revenue;
  final Region region;
  final String country;
  final String channel;
  final Person person;

  private Customer row;
  private int invoiceNumbers;
  private int paidInvoices;
  private @Nullable Instant firstPaymentAt;

  /**
   * @param stream of the customer
   * @param signup when it is going to sign up, which decides where it comes from
   */
  SimulatedCustomer(
      Population population, RandomStream stream, Instant signup, Agenda agenda, Journal journal) {
    this.population = population;
    this.profile = population.profile();
    this.token = population.token();
    this.stream = stream;
    this.agenda = agenda;
    this.journal = journal;
    this.ledger = new Ledger(population, agenda, journal);
    this.revenue = new RevenueTruth(new ReportingDays(population.account().zone()));
    RandomStream traits = stream.fork("traits");
    this.region = population.signups().region(signup, traits);
    this.country = population.country(region, traits);
    this.channel = population.channels().pick(traits);
    this.person = People.of(country).pick(stream.fork("person"));
  }

  void signUp(Instant at) {
    row =
        journal.record(
            at,
            Customer.builder()
                .setId(StripeId.CUSTOMER.of(stream, token, at))
                .setCreated(at)
                .setName(person.name())
                .setEmail(person.email())
                .setPhone(person.phone())
                .setAddress(person.address())
                .setBalance(0)
                .setDelinquent(false)
                .setInvoicePrefix(invoicePrefix(stream.fork("decision").fork("invoice prefix")))
                .setTaxExempt("none")
                .setPreferredLocales(List.of(person.locale()))
                .setLivemode(true)
                .setMetadata(
                    List.of(MetadataEntry.builder().setKey("channel").setValue(channel).build())),
            "customer.created");
  }

  boolean hasSignedUp() {
    return row != null;
  }

  /** Its object in Stripe, once it has signed up. */
  Customer row() {
    return row;
  }

  void setDefaultCard(Instant at, @Nullable String paymentMethod) {
    change(at, row.toBuilder().setDefaultPaymentMethod(paymentMethod));
  }

  void setDelinquent(Instant at, boolean delinquent) {
    change(at, row.toBuilder().setDelinquent(delinquent));
  }

  /** Writes the object down again, if anything in it has changed. */
  private void change(Instant at, Customer.Builder next) {
    if (!next.build().equals(row)) {
      row = journal.record(at, next, "customer.updated");
    }
  }

  /** Invoice numbers have no gaps, so one is taken only when an invoice is finalised. */
  String nextInvoiceNumber() {
    String number = Integer.toString(++invoiceNumbers);
    return row.getInvoicePrefix() + "-" + "0".repeat(Math.max(0, 4 - number.length())) + number;
  }

  void countPaidInvoice(Instant at) {
    if (paidInvoices++ == 0) {
      firstPaymentAt = at;
    }
  }

  boolean hasPaid() {
    return paidInvoices > 0;
  }

  /** Null for a customer who has never paid. */
  @Nullable Instant firstPaymentAt() {
    return firstPaymentAt;
  }

  Profile.Channel channelTerms() {
    return profile.channels().get(channel);
  }

  private static String invoicePrefix(RandomStream stream) {
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < INVOICE_PREFIX_LENGTH; i++) {
      prefix.append(INVOICE_PREFIX_LETTERS.charAt(stream.nextInt(INVOICE_PREFIX_LETTERS.length())));
    }
    return prefix.toString().toUpperCase(Locale.ROOT);
  }
}
