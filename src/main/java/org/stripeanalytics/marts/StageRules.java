package org.stripeanalytics.marts;

import static java.time.temporal.ChronoUnit.DAYS;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.MrrHistory;
import org.stripeanalytics.fold.timeline.MrrLevel;

/**
 * In which stage of its life a customer is. All rules look at the ends of months, so a month that
 * is computed alone gives what it gives in a full refresh. Definitions: {@code
 * schemas/marts/customer_segments.json}.
 *
 * @param newDays how long a customer is new, from its first day with MRR
 * @param onboardingDays how long, from the same day, it is being onboarded
 * @param championMonths how many month ends with MRR, none of them with less than the one before,
 *     make a champion
 */
record StageRules(int newDays, int onboardingDays, int championMonths) implements Serializable {
  /** How many month ends before this one say whether something has changed lately. */
  private static final int LATELY = 3;

  static StageRules of(MetricPolicies policies) {
    return new StageRules(policies.newDays(), policies.onboardingDays(), policies.championMonths());
  }

  /**
   * The first stage whose rule holds.
   *
   * @param month first day of a month of the history's interval, or of the one before it
   */
  CustomerStage at(MrrHistory revenue, LocalDate month) {
    LocalDate firstOn = revenue.firstOn();
    LocalDate end = month.plusMonths(1);
    if (firstOn == null || !firstOn.isBefore(end)) {
      return CustomerStage.NONE;
    }
    MrrLevel level = revenue.atEndOf(end.minusDays(1));
    long arr = level.getArr();
    long days = DAYS.between(firstOn, end);
    if (arr == 0) {
      return CustomerStage.LOST;
    } else if (level.getPastDue() > 0) {
      return CustomerStage.PAST_DUE;
    } else if (level.getEnding() > 0 || lately(revenue, month, before -> before > arr)) {
      return CustomerStage.AT_RISK;
    } else if (lately(revenue, month, before -> before == 0)) {
      return CustomerStage.DORMANT_RETURN;
    } else if (days <= newDays) {
      return CustomerStage.NEW;
    } else if (days <= onboardingDays) {
      return CustomerStage.ONBOARDING;
    } else if (lately(revenue, month, before -> before < arr)) {
      return CustomerStage.EXPANDING;
    } else if (level.getBilled() < level.getList()) {
      return CustomerStage.DISCOUNTED;
    }
    return isChampion(revenue, month) ? CustomerStage.CHAMPION : CustomerStage.HEALTHY;
  }

  /** Whether one of the last month ends since the first MRR was such. */
  private static boolean lately(MrrHistory revenue, LocalDate month, LongPredicate arr) {
    return IntStream.rangeClosed(1, LATELY)
        .mapToObj(month::minusMonths)
        .filter(before -> isAfterFirst(revenue, before))
        .anyMatch(before -> arr.test(revenue.atEndOfMonth(before)));
  }

  private boolean isChampion(MrrHistory revenue, LocalDate month) {
    return IntStream.range(1, championMonths)
        .mapToObj(month::minusMonths)
        .allMatch(
            before -> {
              long arr = revenue.atEndOfMonth(before);
              return arr > 0 && arr <= revenue.atEndOfMonth(before.plusMonths(1));
            });
  }

  private static boolean isAfterFirst(MrrHistory revenue, LocalDate month) {
    return revenue.firstOn().isBefore(month.plusMonths(1));
  }
}
