package org.stripeanalytics.synthesis.life;

import java.time.Duration;
import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.SubscriptionItem;
import org.stripeanalytics.synthesis.account.Catalogue;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.profile.Profile;

/**
 * What a customer does in a period that has just been paid: at most one thing. Decided by the
 * hazards of plan, tenure and channel.
 *
 * @param when within the period, after the payment
 * @param atPeriodEnd for a cancellation: whether it waits for the end of the period
 * @param detail feedback of a cancellation, behavior of a pause
 * @param months length of a pause
 * @param revokedAt for a cancellation: when the customer takes it back, or null
 */
record PeriodChoice(
    Kind kind,
    Instant when,
    boolean atPeriodEnd,
    String detail,
    int months,
    @Nullable Instant revokedAt) {
  private static final Duration SOON = Duration.ofDays(3);
  private static final Duration MARGIN = Duration.ofHours(1);
  private static final Duration PLAN_CHANGE_FIRST = Duration.ofDays(1);
  private static final Duration PLAN_CHANGE_LAST = Duration.ofDays(2);
  private static final int MONTHS_PER_YEAR = 12;

  enum Kind {
    STAY,
    CANCEL,
    UPGRADE,
    DOWNGRADE,
    PAUSE
  }

  /**
   * @param monthsPaid months paid so far, this period's first one included
   * @param sinceDowngrade months since the last downgrade
   */
  static PeriodChoice of(
      Population population,
      Catalogue.Plan plan,
      Profile.Channel channel,
      SubscriptionItem item,
      Instant paidAt,
      int monthsPaid,
      int sinceDowngrade,
      boolean annual,
      RandomStream stream) {
    Profile profile = population.profile();
    double hazard =
        plan.terms().voluntaryChurn()
            * profile
                .churn()
                .tenure()
                .get(Math.min(monthsPaid, profile.churn().tenure().size()) - 1)
            * channel.churnMultiplier();
    if (sinceDowngrade < profile.planChanges().monthsAfterDowngrade()) {
      hazard *= profile.planChanges().hazardAfterDowngrade();
    }
    double up = plan.terms().upgrade();
    double down = plan.terms().downgrade();
    double pause = profile.pauses().share();
    if (annual) {
      hazard = 1 - StrictMath.pow(1 - Math.min(1, hazard), MONTHS_PER_YEAR);
      up *= MONTHS_PER_YEAR;
      down *= MONTHS_PER_YEAR;
      pause *= MONTHS_PER_YEAR;
    }
    Instant start = item.getCurrentPeriodStart();
    Instant end = item.getCurrentPeriodEnd();
    double what = stream.nextDouble();
    double revoked = hazard * profile.churn().revoked();
    if (what < hazard + revoked) {
      boolean soon = stream.chance(profile.churn().soonAfterBill());
      boolean later = stream.chance(profile.churn().atPeriodEnd());
      Instant drawn = stream.between(start, soon ? start.plus(SOON) : end);
      boolean takenBack = what >= hazard;
      Instant when =
          within(drawn, paidAt.plus(MARGIN), end.minus(takenBack ? PLAN_CHANGE_LAST : MARGIN));
      String feedback = population.feedback().pick(stream);
      return new PeriodChoice(
          Kind.CANCEL,
          when,
          later || takenBack,
          feedback,
          0,
          takenBack ? stream.between(when.plus(MARGIN), end.minus(MARGIN)) : null);
    }
    Instant when =
        within(
            stream.between(start.plus(PLAN_CHANGE_FIRST), end.minus(PLAN_CHANGE_LAST)),
            paidAt.plus(MARGIN),
            end.minus(PLAN_CHANGE_LAST));
    double left = (what - hazard - revoked) / (1 - hazard - revoked);
    if (left < up) {
      return new PeriodChoice(Kind.UPGRADE, when, false, "", 0, null);
    }
    if (left < up + down) {
      return new PeriodChoice(Kind.DOWNGRADE, when, false, "", 0, null);
    }
    if (left < up + down + pause) {
      return new PeriodChoice(
          Kind.PAUSE,
          when,
          false,
          population.pauseBehaviors().pick(stream),
          population.pauseMonths().pick(stream),
          null);
    }
    return new PeriodChoice(Kind.STAY, end, false, "", 0, null);
  }

  private static Instant within(Instant at, Instant least, Instant most) {
    Instant late = at.isBefore(least) ? least : at;
    return late.isAfter(most) ? most : late;
  }
}
