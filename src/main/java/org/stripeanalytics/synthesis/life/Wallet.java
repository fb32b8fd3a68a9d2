package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.BillingDetails;
import org.stripeanalytics.model.raw.Card;
import org.stripeanalytics.model.raw.PaymentMethod;
import org.stripeanalytics.synthesis.account.Person;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.profile.Funding;

/**
 * The card that a customer pays with. Cards expire; some are replaced by the network in time,
 * others by the customer after a failed payment.
 */
final class Wallet {
  private static final int DAYS_UPDATED_BEFORE_EXPIRY = 10;
  private static final int SHORTEST_RENEWAL_MONTHS = 36;
  private static final int LONGEST_RENEWAL_MONTHS = 60;

  private final SimulatedCustomer customer;
  private final RandomStream stream;
  private int cards;
  private @Nullable PaymentMethod current;

  Wallet(SimulatedCustomer customer) {
    this.customer = customer;
    this.stream = customer.stream.fork("wallet");
  }

  boolean isEmpty() {
    return current == null;
  }

  PaymentMethod current() {
    if (current == null) {
      throw new IllegalStateException("the wallet is empty");
    }
    return current;
  }

  Funding funding() {
    return Funding.valueOf(current().getCard().getFunding().toUpperCase(Locale.ROOT));
  }

  boolean expiredAt(Instant at) {
    return !at.isBefore(expiry(current().getCard()));
  }

  /** Attaches a new card and makes it the default, in place of the old one if there is one. */
  void attachNew(Instant at) {
    RandomStream card = stream.fork("card", cards++);
    PaymentMethod old = current;
    PaymentMethod attached =
        customer.journal.record(
            at,
            PaymentMethod.builder()
                .setId(StripeId.PAYMENT_METHOD.of(card, customer.token, at))
                .setCreated(at)
                .setCustomer(customer.row().getId())
                .setType("card")
                .setAllowRedisplay("limited")
                .setCard(draw(card, at))
                .setBillingDetails(billingDetails())
                .setLivemode(true),
            "payment_method.attached");
    current = attached;
    customer.setDefaultCard(at, attached.getId());
    if (old != null) {
      customer.journal.record(at, old.toBuilder().setCustomer(null), "payment_method.detached");
    }
    scheduleUpdate(card, 0);
  }

  /** Takes the card off the customer. */
  void detach(Instant at) {
    PaymentMethod detached = current();
    current = null;
    customer.journal.record(at, detached.toBuilder().setCustomer(null), "payment_method.detached");
    customer.setDefaultCard(at, null);
  }

  private Card draw(RandomStream card, Instant at) {
    Population population = customer.population;
    String country = customer.person.address().getCountry();
    YearMonth expiry =
        month(at).plusMonths(card.between(1, population.profile().cards().expiryMonths()));
    return Card.builder()
        .setBrand(population.brand(country, card))
        .setCountry(country)
        .setFunding(population.funding(customer.region, country, card).id())
        .setLast4(String.format("%04d", card.nextInt(10_000)))
        .setFingerprint(Long.toString(card.nextLong() >>> 1, 36))
        .setExpMonth((long) expiry.getMonthValue())
        .setExpYear((long) expiry.getYear())
        .build();
  }

  private void scheduleUpdate(RandomStream card, int renewal) {
    PaymentMethod method = current();
    Instant when = expiry(method.getCard()).minusSeconds(DAYS_UPDATED_BEFORE_EXPIRY * 86_400L);
    RandomStream update = card.fork("update", renewal);
    if (!when.isAfter(method.getChangedAt())
        || !update.chance(customer.profile.cards().automaticUpdate())) {
      return;
    }
    customer.agenda.at(
        when,
        () -> {
          if (current != null && current.getId().equals(method.getId())) {
            YearMonth expiry =
                month(when)
                    .plusMonths(update.between(SHORTEST_RENEWAL_MONTHS, LONGEST_RENEWAL_MONTHS));
            current =
                customer.journal.record(
                    when,
                    current.toBuilder()
                        .setCard(
                            current.getCard().toBuilder()
                                .setExpMonth((long) expiry.getMonthValue())
                                .setExpYear((long) expiry.getYear())
                                .build()),
                    "payment_method.automatically_updated");
            scheduleUpdate(card, renewal + 1);
          }
        });
  }

  private BillingDetails billingDetails() {
    Person person = customer.person;
    return BillingDetails.builder()
        .setName(person.name())
        .setEmail(person.email())
        .setPhone(person.phone())
        .setAddress(person.address())
        .build();
  }

  /** First instant at which the card no longer works. */
  private static Instant expiry(Card card) {
    return YearMonth.of(card.getExpYear().intValue(), card.getExpMonth().intValue())
        .plusMonths(1)
        .atDay(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  private static YearMonth month(Instant at) {
    return YearMonth.from(at.atOffset(ZoneOffset.UTC));
  }
}
