package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.intermediate.Days;
import org.stripeanalytics.model.marts.ChurnFeatures;

/**
 * All that is known of one customer, and what of it was known at the end of each month. Facts may
 * come in any order. A month looks only at what happened before its end: rows that say how
 * something went on are read by the times in them. A payment is the exception: its row says how it
 * was decided and not when, so one that was pending counts as decided.
 */
final class KnownHistory {
  private static final int PLAN_CHANGE_DAYS = 180;
  private static final int FAILURE_DAYS = 90;
  private static final int MONEY_BACK_DAYS = 180;

  /** Nobody tries to collect a bill for longer; what is still open then was given up. */
  private static final int LONGEST_COLLECTION_DAYS = 40;

  /** Bills for a period; others are for a change within one. */
  private static final Set<String> FOR_A_PERIOD =
      Set.of("subscription_create", "subscription_cycle", "subscription");

  private static final Set<String> INVOLUNTARY_KINDS = Set.of("involuntary", "dispute");
  private static final Set<String> KNOWN_FUNDING = Set.of("credit", "debit", "prepaid");

  /** Cards changed at the same instant have no natural order; any fixed order will do. */
  private static final Comparator<SeenCard> BY_TIME_AND_TERMS =
      Comparator.comparing(SeenCard::getChangedAt)
          .thenComparing(card -> String.valueOf(card.getCard()));

  private final ZoneId zone;
  private final LocalDate asOf;
  private final Map<String, Integer> billingMonths;
  private final ImmutableList<RevenueChange> changes;
  private final ImmutableList<SubscriptionPeriod> periods;
  private final ImmutableList<Bill> bills;
  private final ImmutableList<Attempt> attempts;
  private final ImmutableList<SeenCard> cards;
  private final ImmutableList<Instant> refunds;
  private final ImmutableList<Instant> disputes;

  private KnownHistory(
      List<CustomerFact> facts, Map<String, Integer> billingMonths, ZoneId zone, LocalDate asOf) {
    this.zone = zone;
    this.asOf = asOf;
    this.billingMonths = billingMonths;
    changes = of(facts, CustomerFact::getChange, Comparator.comparing(RevenueChange::getDay));
    periods =
        of(
            facts,
            CustomerFact::getPeriod,
            Comparator.comparing(SubscriptionPeriod::getValidFrom)
                .thenComparing(SubscriptionPeriod::getSubscriptionId));
    bills =
        of(
            facts,
            CustomerFact::getBill,
            Comparator.comparing(Bill::getCreatedAt).thenComparing(Bill::getInvoiceId));
    attempts = of(facts, CustomerFact::getAttempt, Comparator.comparing(Attempt::getCreatedAt));
    cards = of(facts, CustomerFact::getCard, BY_TIME_AND_TERMS);
    refunds =
        of(facts, CustomerFact::getRefund, Comparator.comparing(Returned::getCreatedAt)).stream()
            .map(Returned::getCreatedAt)
            .collect(ImmutableList.toImmutableList());
    disputes =
        of(facts, CustomerFact::getDispute, Comparator.comparing(Disputed::getCreatedAt)).stream()
            .map(Disputed::getCreatedAt)
            .collect(ImmutableList.toImmutableList());
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
    return new KnownHistory(ImmutableList.copyOf(facts), billingMonths, zone, asOf);
  }

  /** A row for every month that has ended by {@code asOf} and at whose end the customer paid. */
  List<ObservedMonth> months() {
    List<ObservedMonth> months = new ArrayList<>();
    if (changes.isEmpty()) {
      return months;
    }
    for (LocalDate month = changes.get(0).getDay().withDayOfMonth(1);
        !month.plusMonths(1).isAfter(asOf);
        month = month.plusMonths(1)) {
      LocalDate cut = month.plusMonths(1);
      features(month)
          .ifPresent(
              features ->
                  months.add(
                      ObservedMonth.builder()
                          .setFeatures(features)
                          .setOutcome1m(outcome(cut, 1))
                          .setOutcome3m(outcome(cut, 3))
                          .build()));
    }
    return months;
  }

  /** What was known at the end of a month; nothing if the customer did not pay then. */
  Optional<ChurnFeatures> features(LocalDate month) {
    LocalDate cutDay = month.plusMonths(1);
    Instant cut = Days.start(cutDay, zone);
    RevenueChange level = last(changes, change -> change.getDay().isBefore(cutDay));
    if (level == null || level.getArrMinorAfter() == 0) {
      return Optional.empty();
    }
    List<SubscriptionPeriod> live =
        periods.stream()
            .filter(p -> p.getIsCounted() && p.getValidFrom().isBefore(cut))
            .filter(p -> p.getValidTo() == null || !p.getValidTo().isBefore(cut))
            .toList();
    Optional<SubscriptionPeriod> main =
        live.stream()
            .max(
                Comparator.comparingLong(SubscriptionPeriod::getArrMinor)
                    .thenComparing(
                        SubscriptionPeriod::getSubscriptionId, Comparator.reverseOrder()));
    ChurnFeatures.Builder features =
        ChurnFeatures.builder()
            .setCustomerId(level.getCustomerId())
            .setMonth(month)
            .setRegion(level.getRegion())
            .setChannel(level.getChannel())
            .setArrMinor(level.getArrMinorAfter())
            .setIsAnnounced(
                !live.isEmpty() && live.stream().allMatch(SubscriptionPeriod::getIsEnding))
            .setIsDiscounted(main.isPresent() && !main.get().getDiscounts().isEmpty())
            .setTimesLeft(
                changes.stream().filter(c -> c.getDay().isBefore(cutDay) && hasLeft(c)).count())
            .setRefunds180d(count(refunds, cutDay, MONEY_BACK_DAYS))
            .setDisputes180d(count(disputes, cutDay, MONEY_BACK_DAYS));
    describePlan(features, main, cut, cutDay);
    describeCollection(features, main, cut, cutDay);
    describeCard(features, cut);
    return Optional.of(features.build());
  }

  private void describePlan(
      ChurnFeatures.Builder features,
      Optional<SubscriptionPeriod> main,
      Instant cut,
      LocalDate cutDay) {
    Optional<PeriodItem> item =
        main.flatMap(
            period ->
                period.getItems().stream()
                    .max(
                        Comparator.comparingLong(PeriodItem::getArrMinor)
                            .thenComparing(PeriodItem::getPriceId, Comparator.reverseOrder())));
    Integer months = item.map(i -> billingMonths.get(i.getPriceId())).orElse(null);
    List<Bill> seen = main.map(period -> billsOf(period, cut)).orElse(List.of());
    Bill newest = seen.isEmpty() ? null : seen.get(seen.size() - 1);
    LocalDate billedOn = newest == null ? null : Days.of(newest.getCreatedAt(), zone);
    features
        .setPlan(item.map(PeriodItem::getPlan).orElse("none"))
        .setBillingMonths(months == null ? null : (long) months)
        .setBillsPaid(
            seen.stream()
                .filter(bill -> bill.getTotalMinor() > 0 && isBefore(bill.getPaidAt(), cut))
                .count())
        .setDaysSinceLastBill(billedOn == null ? null : ChronoUnit.DAYS.between(billedOn, cutDay))
        .setDaysToNextBill(
            billedOn == null || months == null
                ? null
                : Math.max(0, ChronoUnit.DAYS.between(cutDay, billedOn.plusMonths(months))))
        .setUpgrades180d(planChanges(cut, cutDay, 1))
        .setDowngrades180d(planChanges(cut, cutDay, -1));
  }

  /** Bills for the periods of a subscription that had been made before the cut, in time order. */
  private List<Bill> billsOf(SubscriptionPeriod period, Instant cut) {
    return bills.stream()
        .filter(bill -> bill.getCreatedAt().isBefore(cut))
        .filter(bill -> period.getSubscriptionId().equals(bill.getSubscriptionId()))
        .filter(bill -> FOR_A_PERIOD.contains(String.valueOf(bill.getBillingReason())))
        .toList();
  }

  /** How often a subscription that counted before and after went up (1) or down (−1). */
  private long planChanges(Instant cut, LocalDate cutDay, int direction) {
    Instant since = Days.start(cutDay.minusDays(PLAN_CHANGE_DAYS), zone);
    long changes = 0;
    for (SubscriptionPeriod next : periods) {
      if (next.getIsCounted() && isWithin(next.getValidFrom(), since, cut)) {
        SubscriptionPeriod before =
            last(
                periods,
                p ->
                    p.getSubscriptionId().equals(next.getSubscriptionId())
                        && p.getValidFrom().isBefore(next.getValidFrom()));
        if (before != null
            && before.getIsCounted()
            && Long.signum(next.getArrMinorList() - before.getArrMinorList()) == direction) {
          changes++;
        }
      }
    }
    return changes;
  }

  private void describeCollection(
      ChurnFeatures.Builder features,
      Optional<SubscriptionPeriod> main,
      Instant cut,
      LocalDate cutDay) {
    Instant since = Days.start(cutDay.minusDays(LONGEST_COLLECTION_DAYS), zone);
    List<Attempt> failed = List.of();
    List<Bill> seen = main.map(period -> billsOf(period, cut)).orElse(List.of());
    if (!seen.isEmpty()) {
      Bill newest = seen.get(seen.size() - 1);
      List<Attempt> made =
          attempts.stream()
              .filter(a -> newest.getInvoiceId().equals(a.getInvoiceId()))
              .filter(a -> a.getCreatedAt().isBefore(cut))
              .toList();
      boolean isOpen =
          !isBefore(newest.getPaidAt(), cut)
              && made.stream().allMatch(a -> a.getStatus().equals("failed"))
              && newest.getCreatedAt().isAfter(since);
      failed = isOpen ? made : List.of();
    }
    features
        .setFailedAttemptsOpen(failed.size())
        .setDaysInCollection(
            failed.isEmpty()
                ? null
                : ChronoUnit.DAYS.between(Days.of(failed.get(0).getCreatedAt(), zone), cutDay))
        .setFailedFirstAttempts90d(
            count(
                attempts.stream()
                    .filter(a -> a.getIsFirstAttempt() && a.getStatus().equals("failed"))
                    .map(Attempt::getCreatedAt)
                    .toList(),
                cutDay,
                FAILURE_DAYS));
  }

  private void describeCard(ChurnFeatures.Builder features, Instant cut) {
    SeenCard newest = last(cards, card -> card.getChangedAt().isBefore(cut));
    CardTerms terms = newest == null ? null : newest.getCard();
    boolean hasFunding =
        terms != null && KNOWN_FUNDING.contains(String.valueOf(terms.getFunding()));
    features.setCardFunding(hasFunding ? terms.getFunding() : "unknown");
    features.setCardExpiresOn(
        terms == null ? null : expiry(terms.getExpYear(), terms.getExpMonth()));
  }

  /** The first day after the month that is printed on a card; null where there is no such month. */
  private static @Nullable LocalDate expiry(@Nullable Long year, @Nullable Long month) {
    return year == null || month == null || month < 1 || month > 12
        ? null
        : LocalDate.of(year.intValue(), month.intValue(), 1).plusMonths(1);
  }

  /** What came within so many months; null while they are not over. */
  private @Nullable String outcome(LocalDate cut, int months) {
    LocalDate end = cut.plusMonths(months);
    if (end.isAfter(asOf)) {
      return null;
    }
    return changes.stream()
        .filter(c -> !c.getDay().isBefore(cut) && c.getDay().isBefore(end) && hasLeft(c))
        .findFirst()
        .map(c -> INVOLUNTARY_KINDS.contains(String.valueOf(c.getChurnKind())))
        .map(involuntary -> involuntary ? Outcome.INVOLUNTARY : Outcome.VOLUNTARY)
        .orElse(Outcome.STAYED);
  }

  /** Whoever pauses has not left. */
  private static boolean hasLeft(RevenueChange change) {
    return change.getMovementType().equals("churn") && !"pause".equals(change.getChurnKind());
  }

  private long count(List<Instant> times, LocalDate cutDay, int days) {
    Instant since = Days.start(cutDay.minusDays(days), zone);
    Instant cut = Days.start(cutDay, zone);
    return times.stream().filter(time -> isWithin(time, since, cut)).count();
  }

  private static boolean isWithin(Instant time, Instant from, Instant to) {
    return !time.isBefore(from) && time.isBefore(to);
  }

  private static boolean isBefore(@Nullable Instant time, Instant cut) {
    return time != null && time.isBefore(cut);
  }

  private static <T> @Nullable T last(List<T> inOrder, Predicate<T> condition) {
    for (int i = inOrder.size() - 1; i >= 0; i--) {
      if (condition.test(inOrder.get(i))) {
        return inOrder.get(i);
      }
    }
    return null;
  }

  private static <T> ImmutableList<T> of(
      List<CustomerFact> facts, Function<CustomerFact, T> part, Comparator<T> order) {
    return facts.stream()
        .map(part)
        .flatMap(Stream::ofNullable)
        .sorted(order)
        .collect(ImmutableList.toImmutableList());
  }
}
