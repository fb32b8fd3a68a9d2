package org.stripeanalytics.synthesis;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.stripeanalytics.model.marts.ChurnFeatures;
import org.stripeanalytics.synthesis.account.DeclineModel;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.profile.Decline;
import org.stripeanalytics.synthesis.profile.Funding;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.Region;

/**
 * How likely a customer of the simulation is to leave within a month, from the hazards that it was
 * simulated with: the best that anybody can predict who knows the profile and {@code
 * marts.churn_features}, but not the random draws. Every hazard of the simulation depends on what
 * the features show, to the day; what it also depends on, such as the hour or why a charge failed,
 * is averaged over. For accounts that bill by the month.
 */
public final class TrueRisk {
  private static final double SOON_DAYS = 3;
  private static final double SHARE_OF_A_DAY_WHEN_BILLED = 0.5;

  private final Profile profile;
  private final DeclineModel declines;

  private TrueRisk(Population population) {
    this.profile = population.profile();
    this.declines = population.declines();
  }

  /** Of accounts with the default profile. */
  public static TrueRisk ofDefaults() {
    return new TrueRisk(new Population(Simulations.account(1, 1)));
  }

  /** Of somebody who has not announced to leave. */
  public double withinAMonth(ChurnFeatures customer) {
    double days =
        ChronoUnit.DAYS.between(
            customer.getMonth().plusMonths(1), customer.getMonth().plusMonths(2));
    double sinceBill = customer.getDaysSinceLastBill() - SHARE_OF_A_DAY_WHEN_BILLED;
    double toBill = customer.getDaysToNextBill() + SHARE_OF_A_DAY_WHEN_BILLED;
    double dispute = profile.disputes().later() * profile.disputes().endsSubscription();
    if (customer.getFailedAttemptsOpen() > 0) {
      double given = givenUp(customer.getDaysInCollection());
      return given + (1 - given) * hazard(customer, customer.getBillsPaid() + 1);
    }
    double hazard = hazard(customer, customer.getBillsPaid());
    double before = cancelledWithin(sinceBill, sinceBill + toBill);
    double now = hazard * (1 - before) / (1 - hazard * before);
    double left = days - toBill;
    double next = left <= 0 ? 0 : afterTheNextBill(customer, left);
    return now + (1 - now) * (next + dispute);
  }

  /** That a cancellation of the next period ends at once within so many days, or dunning fails. */
  private double afterTheNextBill(ChurnFeatures customer, double days) {
    double fails = fails(customer);
    double notRecovered =
        isExpired(customer)
            ? 1 - recovery(Decline.EXPIRED_CARD)
            : 1 - profile.payments().recovery();
    double collected = last(profile.payments().retryDays());
    double involuntary = days > collected ? fails * notRecovered : 0;
    double atOnce =
        (1 - profile.churn().atPeriodEnd())
            * hazard(customer, customer.getBillsPaid() + 1)
            * cancelledWithin(days, 30);
    return involuntary + (1 - fails) * atOnce;
  }

  private double hazard(ChurnFeatures customer, long bills) {
    List<Double> tenure = profile.churn().tenure();
    double hazard =
        profile.plans().get(customer.getPlan()).voluntaryChurn()
            * profile.channels().get(customer.getChannel()).churnMultiplier()
            * tenure.get((int) Math.max(1, Math.min(bills, tenure.size())) - 1);
    return customer.getDowngrades180d() > 0
        ? hazard * profile.planChanges().hazardAfterDowngrade()
        : hazard;
  }

  /** The share of a period's cancellations that come within its first days. */
  private double cancelledWithin(double days, double period) {
    double soon = profile.churn().soonAfterBill();
    return soon * Math.min(1, days / SOON_DAYS) + (1 - soon) * Math.min(1, days / period);
  }

  private double fails(ChurnFeatures customer) {
    if (isExpired(customer)) {
      return 1;
    }
    return declines.probability(
        Region.valueOf(customer.getRegion().toUpperCase(Locale.ROOT)),
        Funding.valueOf(customer.getCardFunding().toUpperCase(Locale.ROOT)),
        false);
  }

  private static boolean isExpired(ChurnFeatures customer) {
    return !customer.getCardExpiresOn().isAfter(customer.getMonth().plusMonths(1));
  }

  /** That a bill which has failed for so many days is never paid, over all reasons to decline. */
  private double givenUp(long days) {
    double stillToCome = 0;
    for (int retry = 0; retry < profile.payments().retryDays().size(); retry++) {
      if (profile.payments().retryDays().get(retry) > days - SHARE_OF_A_DAY_WHEN_BILLED) {
        stillToCome += profile.payments().recoveryRetry().get(retry);
      }
    }
    double never = 0;
    double later = 0;
    for (Map.Entry<Decline, Double> decline : profile.payments().declines().entrySet()) {
      double recovers = recovery(decline.getKey());
      never += decline.getValue() * (1 - recovers);
      later += decline.getValue() * recovers * stillToCome;
    }
    return never / (never + later);
  }

  private double recovery(Decline decline) {
    double mean =
        profile.payments().declines().entrySet().stream()
            .mapToDouble(e -> e.getValue() * profile.payments().recoveryByDecline().get(e.getKey()))
            .sum();
    return Math.min(
        1,
        profile.payments().recoveryByDecline().get(decline) * profile.payments().recovery() / mean);
  }

  private static double last(List<Double> days) {
    return days.get(days.size() - 1);
  }
}
