package org.stripeanalytics.synthesis;

import java.time.Instant;

/**
 * What follows a successful charge: mostly nothing, sometimes a refund or a dispute, never both.
 */
final class Aftermath {
  private static final double SOONEST_DAYS = 0.05;
  private static final int SECONDS_PER_DAY = 86_400;

  private final CustomerLife life;

  Aftermath(CustomerLife life) {
    this.life = life;
  }

  /**
   * @param firstPayment whether the customer had never paid before
   */
  void of(Collection collection, boolean firstPayment, SubscriptionLife subscription) {
    RandomStream decision = collection.stream().fork("aftermath");
    Profile.Refunds refunds = life.population.profile.refunds();
    Profile.Disputes disputes = life.population.profile.disputes();
    double disputed = firstPayment ? disputes.firstPayment() : disputes.later();
    double refunded = firstPayment ? refunds.firstPayment() : refunds.later();
    double what = decision.nextDouble();
    Instant charged = collection.charge().getCreated();
    if (what < disputed) {
      Instant when =
          after(charged, decision, disputes.medianDays(), disputes.spread(), disputes.mostDays());
      DisputeLife dispute =
          new DisputeLife(life, collection.charge(), subscription, decision.fork("dispute"));
      life.agenda.at(when, () -> dispute.open(when));
    } else if (what < disputed + refunded) {
      Instant when =
          after(charged, decision, refunds.medianDays(), refunds.spread(), refunds.mostDays());
      RefundLife refund = new RefundLife(life, collection.charge(), decision.fork("refund"));
      life.agenda.at(when, () -> refund.begin(when));
    }
  }

  private static Instant after(
      Instant at, RandomStream stream, double median, double spread, int mostDays) {
    double days = Math.min(mostDays, Math.max(SOONEST_DAYS, stream.nextLogNormal(median, spread)));
    return at.plusSeconds((long) (days * SECONDS_PER_DAY));
  }
}
