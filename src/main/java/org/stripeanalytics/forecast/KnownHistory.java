package org.stripeanalytics.forecast;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.model.marts.ChurnFeatures;

/**
 * All that is known of one customer, what of it was known at the end of each month ({@link
 * MonthEnd}), and what came then. Facts may come in any order.
 */
final class KnownHistory {
  private static final Set<String> INVOLUNTARY_KINDS = Set.of("involuntary", "dispute");

  private final FactsByKind known;
  private final Map<String, Integer> billingMonths;
  private final ZoneId zone;
  private final LocalDate asOf;

  private KnownHistory(
      FactsByKind known, Map<String, Integer> billingMonths, ZoneId zone, LocalDate asOf) {
    this.known = known;
    this.billingMonths = billingMonths;
    this.zone = zone;
    this.asOf = asOf;
  }

  /**
   * @param billingMonths months between two bills, by price, where it is a whole number of them
   * @param zone of the days and months
   * @param asOf first day of which nothing is known
   */
  static KnownHistory of(
      Iterable<CustomerFact> facts,
      Map<String, Integer> billingMonths,
      ZoneId zone,
      LocalDate asOf) {
    return new KnownHistory(FactsByKind.of(facts), billingMonths, zone, asOf);
  }

  /** A row for every month that has ended by {@code asOf} and at whose end the customer paid. */
  List<ObservedMonth> months() {
    List<ObservedMonth> months = new ArrayList<>();
    if (known.changes().isEmpty()) {
      return months;
    }
    LocalDate month = known.changes().get(0).getDay().withDayOfMonth(1);
    Optional<ChurnFeatures> now = features(month);
    while (!month.plusMonths(1).isAfter(asOf)) {
      LocalDate nextMonth = month.plusMonths(1);
      Optional<ChurnFeatures> next = features(nextMonth);
      if (now.isPresent()) {
        months.add(observed(now.get(), nextMonth, next));
      }
      month = nextMonth;
      now = next;
    }
    return months;
  }

  /**
   * @param cut first day after the month
   * @param next what was known a month later; nothing if the customer did not pay then
   */
  private ObservedMonth observed(
      ChurnFeatures features, LocalDate cut, Optional<ChurnFeatures> next) {
    String outcome = outcome(cut, 1);
    boolean hasAnnounced = next.isPresent() && next.get().getIsAnnounced();
    return ObservedMonth.builder()
        .setFeatures(features)
        .setOutcome1m(outcome)
        .setOutcome3m(outcome(cut, 3))
        .setDecided1m(outcome != null && (outcome.equals(Outcome.VOLUNTARY) || hasAnnounced))
        .setFailed1m(outcome != null && fails(cut))
        .build();
  }

  /** What was known at the end of a month; nothing if the customer did not pay then. */
  Optional<ChurnFeatures> features(LocalDate month) {
    return new MonthEnd(known, billingMonths, zone, month).features();
  }

  /** What came within so many months; null while they are not over. */
  private @Nullable String outcome(LocalDate cut, int months) {
    LocalDate end = cut.plusMonths(months);
    if (end.isAfter(asOf)) {
      return null;
    }
    return known.changes().stream()
        .filter(c -> !c.getDay().isBefore(cut) && c.getDay().isBefore(end) && c.hasLeft())
        .findFirst()
        .map(c -> INVOLUNTARY_KINDS.contains(String.valueOf(c.getChurnKind())))
        .map(involuntary -> involuntary ? Outcome.INVOLUNTARY : Outcome.VOLUNTARY)
        .orElse(Outcome.STAYED);
  }

  /** Whether within a month the first attempt at a bill fails. */
  private boolean fails(LocalDate cut) {
    Instant from = Days.start(cut, zone);
    Instant to = Days.start(cut.plusMonths(1), zone);
    return known.attempts().stream()
        .filter(Attempt::getIsFirstAttempt)
        .map(Attempt::failedAt)
        .filter(Objects::nonNull)
        .anyMatch(at -> !at.isBefore(from) && at.isBefore(to));
  }
}
