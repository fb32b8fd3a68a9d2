package org.stripeanalytics.synthesis.sources;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.model.truth.TrueIdentity;
import org.stripeanalytics.synthesis.account.People;
import org.stripeanalytics.synthesis.account.Person;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.profile.Profile;

/**
 * One customer as CRM and support systems can know it, with the trouble that such systems have: an
 * address other than the one in Stripe, a tag in it, a mailbox shared with others. All shares are
 * assumed. It follows from the customer's own stream and history, and changes nothing of what
 * Stripe has.
 */
final class KnownCustomer {
  private static final double OTHER_ADDRESS = 0.08;
  private static final double TAG = 0.03;
  private static final double SHARED_MAILBOX = 0.01;

  /** Among this many customers, those with a shared mailbox, some five, share the same one. */
  private static final int SHARING = 500;

  private static final int OWNERS = 7;

  final long index;
  final CustomerTruth truth;
  final Person person;

  /** The address by which the customer is known. */
  final String usual;

  /** What is wrong with that address; null if nothing is. */
  final @Nullable String trouble;

  final Instant end;

  private final Population population;
  private final RandomStream stream;
  private final SourceCollector out;

  KnownCustomer(Population population, long index, CustomerTruth truth, SourceCollector out) {
    this.population = population;
    this.index = index;
    this.truth = truth;
    this.out = out;
    RandomStream customer = population.customer(index);
    this.person = People.of(truth.getCountry()).pick(customer.fork("person"));
    this.stream = customer.fork("other systems");
    this.end = population.account().endInstant();
    double u = stream.nextDouble();
    if (u < OTHER_ADDRESS) {
      trouble = "other_address";
      usual = "private." + index + "@mail.example.com";
    } else if (u < OTHER_ADDRESS + TAG) {
      trouble = "tag";
      usual = person.email().replace("@", "+crm@");
    } else if (u < OTHER_ADDRESS + TAG + SHARED_MAILBOX) {
      trouble = "shared_mailbox";
      usual = "team" + index / SHARING + "@shared.example.org";
    } else {
      trouble = null;
      usual = person.email();
    }
  }

  /** Each system draws from a stream of its own. */
  RandomStream stream(String system) {
    return stream.fork(system);
  }

  /** The person in sales whom the customer belongs to. */
  String owner() {
    return String.valueOf(1 + index % OWNERS);
  }

  /** What the customer's company is called. */
  String company() {
    String name = person.name();
    return name.substring(name.lastIndexOf(' ') + 1) + " & Co.";
  }

  /** Whether the first payment was made by that moment. */
  boolean hasPaidBy(Instant at) {
    return truth.getFirstPaymentAt() != null && !truth.getFirstPaymentAt().isAfter(at);
  }

  /** Whether the customer left of its own accord within this many days after that moment. */
  boolean leavesWithin(int days, Instant at) {
    LocalDate day = day(at);
    return truth.getMovements().stream()
        .anyMatch(
            movement ->
                "voluntary".equals(movement.getChurnKind())
                    && movement.getDay().isAfter(day)
                    && !movement.getDay().isAfter(day.plusDays(days)));
  }

  /** A year at the list price of the first plan, which is what sales hopes for. */
  BigDecimal amount() {
    Profile.Plan plan =
        truth.getPlan() == null ? null : population.profile().plans().get(truth.getPlan());
    return plan == null ? BigDecimal.ZERO : BigDecimal.valueOf(12 * plan.monthlyPrice(), 2);
  }

  void know(String source, String object, String id, @Nullable String why, Instant at) {
    if (at.isBefore(end)) {
      out.collect(
          TrueIdentity.builder()
              .setSource(source)
              .setObject(object)
              .setSourceId(id)
              .setCustomerId(truth.getCustomer())
              .setTrouble(why == null ? "none" : why)
              .build());
    }
  }

  <T> void collect(WarehouseTable<T> table, T row, Instant at) {
    if (at.isBefore(end)) {
      out.collect(table, row, at);
    }
  }

  /** Collects the versions of one row by time. A table shows ends of days: of each the last. */
  <T> void collect(WarehouseTable<T> table, NavigableMap<Instant, T> versions) {
    NavigableMap<Instant, T> happened = versions.headMap(end, false);
    happened.forEach(
        (at, row) -> {
          Map.Entry<Instant, T> next = happened.higherEntry(at);
          if (next == null || !day(next.getKey()).equals(day(at))) {
            collect(table, row, at);
          }
        });
  }

  LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, population.account().zone());
  }

  Instant startOfAccount() {
    return population.account().start().atStartOfDay(population.account().zone()).toInstant();
  }
}
