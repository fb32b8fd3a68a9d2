package org.stripeanalytics.forecast;

import static org.stripeanalytics.forecast.FactsByKind.last;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.forecast.FactsByKind.PlanChange;
import org.stripeanalytics.model.marts.ChurnFeatures;

/**
 * What was known of a customer at the end of a month. It looks only at what happened before: rows
 * that say how something went on are read by the times in them.
 */
final class MonthEnd {
  private static final int PLAN_CHANGE_DAYS = 180;
  private static final int FAILURE_DAYS = 90;
  private static final int MONEY_BACK_DAYS = 180;

  /** Nobody tries to collect a bill for longer; what is still open then was given up. */
  private static final int LONGEST_COLLECTION_DAYS = 40;

  /** Bills for a period; others are for a change within one. */
  private static final Set<String> FOR_A_PERIOD =
      Set.of("subscription_create", "subscription_cycle", "subscription");

  private static final Set<String> KNOWN_FUNDING = Set.of("credit", "debit", "prepaid");

  private final FactsByKind known;
  private final Map<String, Integer> billingMonths;
  private final ZoneId zone;
  private final LocalDate month;
  private final LocalDate cutDay;
  private final Instant cut;

  /**
   * @param known later facts may be among them
   * @param billingMonths months between two bills, by price
   * @param zone of the days and months
   */
  MonthEnd(FactsByKind known, Map<String, Integer> billingMonths, ZoneId zone, LocalDate month) {
    this.known = known;
    this.billingMonths = billingMonths;
    this.zone = zone;
    this.month = month;
    this.cutDay = month.plusMonths(1);
    this.cut = Days.start(cutDay, zone);
  }

  /** Nothing if the customer did not pay then. */
  Optional<ChurnFeatures> features() {
    RevenueChange level = last(known.changes(), change -> change.getDay().isBefore(cutDay));
    if (level == null || level.getArrMinorAfter() == 0) {
      return Optional.empty();
    }
    List<SubscriptionPeriod> live =
        known.periods().stream()
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
                known.changes().stream()
                    .filter(c -> c.getDay().isBefore(cutDay) && c.hasLeft())
                    .count())
            .setRefunds180d(count(known.refunds(), MONEY_BACK_DAYS))
            .setDisputes180d(count(known.disputes(), MONEY_BACK_DAYS));
    describePlan(features, main);
    describeCollection(features, main);
    describeCard(features);
    return Optional.of(features.build());
  }

  private void describePlan(ChurnFeatures.Builder features, Optional<SubscriptionPeriod> main) {
    Optional<PeriodItem> item =
        main.flatMap(
            period ->
                period.getItems().stream()
                    .max(
                        Comparator.comparingLong(PeriodItem::getArrMinor)
                            .thenComparing(PeriodItem::getPriceId, Comparator.reverseOrder())));
    Integer months = item.map(i -> billingMonths.get(i.getPriceId())).orElse(null);
    List<Bill> seen = main.map(this::billsOf).orElse(List.of());
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
        .setUpgrades180d(planChanges(1))
        .setDowngrades180d(planChanges(-1));
  }

  /** Bills for the periods of a subscription that had been made before the cut, in time order. */
  private List<Bill> billsOf(SubscriptionPeriod period) {
    return known.bills().stream()
        .filter(bill -> bill.getCreatedAt().isBefore(cut))
        .filter(bill -> period.getSubscriptionId().equals(bill.getSubscriptionId()))
        .filter(bill -> FOR_A_PERIOD.contains(String.valueOf(bill.getBillingReason())))
        .toList();
  }

  private long planChanges(int direction) {
    return count(
        known.planChanges().stream()
            .filter(change -> change.direction() == direction)
            .map(PlanChange::at)
            .toList(),
        PLAN_CHANGE_DAYS);
  }

  private void describeCollection(
      ChurnFeatures.Builder features, Optional<SubscriptionPeriod> main) {
    Instant since = Days.start(cutDay.minusDays(LONGEST_COLLECTION_DAYS), zone);
    List<Attempt> failed = List.of();
    List<Bill> seen = main.map(this::billsOf).orElse(List.of());
    if (!seen.isEmpty()) {
      Bill newest = seen.get(seen.size() - 1);
      List<Attempt> made =
          known.attempts().stream()
              .filter(a -> newest.getInvoiceId().equals(a.getInvoiceId()))
              .filter(a -> a.getCreatedAt().isBefore(cut))
              .toList();
      boolean isOpen =
          !isBefore(newest.getPaidAt(), cut)
              && made.stream().allMatch(a -> isBefore(a.failedAt(), cut))
              && newest.getCreatedAt().isAfter(since);
      failed = isOpen ? made : List.of();
    }
    features
        .setFailedAttemptsOpen(failed.size())
        .setDaysInCollection(
            failed.isEmpty()
                ? null
                : ChronoUnit.DAYS.between(Days.of(failed.get(0).failedAt(), zone), cutDay))
        .setFailedFirstAttempts90d(
            count(
                known.attempts().stream()
                    .filter(Attempt::getIsFirstAttempt)
                    .map(Attempt::failedAt)
                    .filter(Objects::nonNull)
                    .toList(),
                FAILURE_DAYS));
  }

  private void describeCard(ChurnFeatures.Builder features) {
    SeenCard newest = last(known.cards(), card -> card.getChangedAt().isBefore(cut));
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

  private long count(List<Instant> times, int days) {
    Instant since = Days.start(cutDay.minusDays(days), zone);
    return times.stream().filter(time -> !time.isBefore(since) && time.isBefore(cut)).count();
  }

  private static boolean isBefore(@Nullable Instant time, Instant cut) {
    return time != null && time.isBefore(cut);
  }
}
