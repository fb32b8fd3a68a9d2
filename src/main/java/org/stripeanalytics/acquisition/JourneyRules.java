package org.stripeanalytics.acquisition;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * What belongs to a conversion. A conversion is the first payment of a customer, and each later
 * increase of its MRR; visits belong to it that began within the look-back before it, and after the
 * conversion before it.
 *
 * @param lookbackDays how long a visit may lie back
 * @param directCredit whether direct visits take credit among others
 * @param zone whose days conversions are of
 * @param end the present; what happened at that moment or later is left out
 */
public record JourneyRules(int lookbackDays, boolean directCredit, ZoneId zone, Instant end)
    implements Serializable {
  private static final int MONTHS_OF_REVENUE = 12;

  /** The journeys of one customer, or of a browser that is nobody's. */
  ImmutableList<CustomerJourney> journeys(
      String key, boolean isCustomer, Iterable<Moment> moments) {
    Map<String, Visit> bySession = new TreeMap<>();
    List<Moment> money = new ArrayList<>();
    for (Moment moment : moments) {
      if (!moment.time().isBefore(end)) {
        continue;
      }
      if (moment.getVisit() != null) {
        // Should a session be stored twice, the one that began first counts, in any order.
        bySession.merge(
            moment.getVisit().getSessionId(),
            moment.getVisit(),
            BinaryOperator.minBy(Visit.BY_TIME));
      } else {
        money.add(moment);
      }
    }
    List<Visit> visits = bySession.values().stream().sorted(Visit.BY_TIME).toList();
    money.sort(
        Comparator.comparing(Moment::getAt)
            .thenComparing(Moment::getKind)
            .thenComparing(Moment::getAmount));
    Moment first =
        money.stream()
            .filter(moment -> moment.getKind().equals(Moment.PAYMENT) && moment.getAmount() > 0)
            .findFirst()
            .orElse(null);
    if (!isCustomer || first == null) {
      return visits.isEmpty() ? ImmutableList.of() : ImmutableList.of(lost(visits));
    }
    ImmutableList.Builder<CustomerJourney> journeys = ImmutableList.builder();
    journeys.add(
        won(key, CustomerJourney.FIRST_PAYMENT, first, visits, Instant.MIN)
            .setNewMrr(newMrr(money))
            .setRevenue(revenue(first.getAt(), money))
            .build());
    Instant before = first.getAt();
    for (Moment moment : money) {
      if (moment.getKind().equals(Moment.EXPANSION) && moment.getAt().isAfter(before)) {
        journeys.add(won(key, CustomerJourney.EXPANSION, moment, visits, before).build());
        before = moment.getAt();
      }
    }
    return journeys.build();
  }

  private CustomerJourney lost(List<Visit> visits) {
    Instant last = visits.get(visits.size() - 1).getAt();
    List<Visit> recent = within(visits, last.plusMillis(1), Instant.MIN);
    return CustomerJourney.builder().setVisits(recent).setCredited(credited(recent)).build();
  }

  private CustomerJourney.Builder won(
      String customer, String conversion, Moment end, List<Visit> visits, Instant after) {
    List<Visit> touches = within(visits, end.getAt(), after);
    Visit itself = Visit.of("none", end.getAt(), end.getChannel(), Visit.NO_CAMPAIGN);
    return CustomerJourney.builder()
        .setCustomerId(customer)
        .setConversion(conversion)
        .setConvertedOn(LocalDate.ofInstant(end.getAt(), zone))
        .setConvertedAt(end.getAt())
        .setAmount(end.getAmount())
        .setVisits(touches)
        .setCredited(touches.isEmpty() ? List.of(itself) : credited(touches));
  }

  private List<Visit> within(List<Visit> visits, Instant end, Instant after) {
    Instant earliest = end.minus(Duration.ofDays(lookbackDays));
    return visits.stream()
        .filter(
            visit ->
                visit.getAt().isBefore(end)
                    && !visit.getAt().isBefore(earliest)
                    && visit.getAt().isAfter(after))
        .toList();
  }

  private List<Visit> credited(List<Visit> touches) {
    List<Visit> others = touches.stream().filter(visit -> !visit.isDirect()).toList();
    return directCredit || others.isEmpty() ? touches : others;
  }

  /** A customer is new once. */
  private static long newMrr(List<Moment> money) {
    return money.stream()
        .filter(moment -> moment.getKind().equals(Moment.NEW))
        .mapToLong(Moment::getAmount)
        .sum();
  }

  private long revenue(Instant from, List<Moment> money) {
    Instant to = from.atZone(zone).plusMonths(MONTHS_OF_REVENUE).toInstant();
    long revenue = 0;
    for (Moment moment : money) {
      boolean counts = !moment.getAt().isBefore(from) && moment.getAt().isBefore(to);
      if (counts && moment.getKind().equals(Moment.PAYMENT)) {
        revenue += moment.getAmount();
      } else if (counts && moment.getKind().equals(Moment.REFUND)) {
        revenue -= moment.getAmount();
      }
    }
    return Math.max(0, revenue);
  }
}
