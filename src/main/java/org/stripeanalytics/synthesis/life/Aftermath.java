package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import org.stripeanalytics.model.raw.Charge;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.profile.Profile;

/**
 * What follows a successful charge: mostly nothing, sometimes a refund or a dispute, never both.
 */
final class Aftermath {
  private static final double SOONEST_DAYS = 0.05;
  private static final int SECONDS_PER_DAY = 86_400;

  /**
   * Decides what follows, and puts it on the customer's agenda.
   *
   * @param firstPayment whether the customer had never paid before
   * @param subscription that the charge is for
   */
  static void of(
      PaymentLife payment,
      boolean firstPayment,
      SimulatedCustomer customer,
      BilledSubscription subscription) {
    RandomStream decision = payment.stream().fork("aftermath");
    Profile.Refunds refunds = customer.profile.refunds();
    Profile.Disputes disputes = customer.profile.disputes();
    double disputed = firstPayment ? disputes.firstPayment() : disputes.later();
    double refunded = firstPayment ? refunds.firstPayment() : refunds.later();
    double what = decision.nextDouble();
    Charge charge = payment.charge();
    if (what < disputed) {
      Instant when =
          after(charge, decision, disputes.medianDays(), disputes.spread(), disputes.mostDays());
      DisputeLife dispute =
          new DisputeLife(customer, charge, subscription, decision.fork("dispute"));
      customer.agenda.at(when, () -> dispute.open(when));
    } else if (what < disputed + refunded) {
      Instant when =
          after(charge, decision, refunds.medianDays(), refunds.spread(), refunds.mostDays());
      RefundLife refund = new RefundLife(customer, charge, decision.fork("refund"));
      customer.agenda.at(when, () -> refund.begin(when));
    }
  }

  private static Instant after(
      Charge charge, RandomStream stream, double median, double spread, int mostDays) {
    double days = Math.min(mostDays, Math.max(SOONEST_DAYS, stream.nextLogNormal(median, spread)));
    return charge.getCreated().plusSeconds((long) (days * SECONDS_PER_DAY));
  }

  private Aftermath() {}
}
