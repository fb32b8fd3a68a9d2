package org.stripeanalytics.synthesis.account;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.chance.WeightedChoice;
import org.stripeanalytics.synthesis.profile.Decline;
import org.stripeanalytics.synthesis.profile.Funding;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.Region;

/**
 * Which first attempts are declined, why, and what becomes of them. The multipliers of region,
 * funding and first payment are divided by their mean over the population, so that the profile's
 * rate is the one that comes out. A card past its date is always declined; the rate of the other
 * reasons is what the profile's rate leaves for them.
 */
public final class DeclineModel {
  private final Profile profile;
  private final double rateAtMultiplierOne;
  private final double recoveryFactor;
  private final WeightedChoice<Decline> withoutExpiry;
  private final WeightedChoice<Integer> recoveryRetry;

  DeclineModel(Profile profile, double meanMultiplier) {
    this.profile = profile;
    Profile.Payments payments = profile.payments();
    double expired = payments.declines().getOrDefault(Decline.EXPIRED_CARD, 0.0);
    double first = 1 + payments.firstPaymentShare() * (payments.firstPaymentMultiplier() - 1);
    rateAtMultiplierOne = payments.firstAttemptDecline() * (1 - expired) / (meanMultiplier * first);
    double recovery =
        payments.declines().entrySet().stream()
            .mapToDouble(e -> e.getValue() * payments.recoveryByDecline().get(e.getKey()))
            .sum();
    recoveryFactor = payments.recovery() / recovery;
    Map<Decline, Double> others = new EnumMap<>(payments.declines());
    others.remove(Decline.EXPIRED_CARD);
    withoutExpiry = WeightedChoice.of(others);
    recoveryRetry = WeightedChoice.of(numbered(payments.recoveryRetry()));
  }

  /**
   * What becomes of the first attempt at an invoice; null where it succeeds.
   *
   * @param outage whether it is declined whatever the card
   */
  public @Nullable Setback firstAttempt(
      Region region,
      Funding funding,
      boolean firstPayment,
      boolean expired,
      boolean outage,
      RandomStream stream) {
    boolean declined = stream.chance(probability(region, funding, firstPayment)) || outage;
    Decline why = withoutExpiry.pick(stream);
    if (!declined && !expired) {
      return null;
    }
    Decline decline = expired ? Decline.EXPIRED_CARD : why;
    double recovery = profile.payments().recoveryByDecline().get(decline) * recoveryFactor;
    boolean recovers = stream.chance(Math.min(1, recovery));
    int retry = recoveryRetry.pick(stream);
    return new Setback(decline, recovers ? retry : Setback.NEVER);
  }

  /** That the first attempt at an invoice is declined while the card is valid. */
  public double probability(Region region, Funding funding, boolean firstPayment) {
    return rateAtMultiplierOne
        * profile.regions().get(region).declineMultiplier()
        * profile.payments().fundingMultipliers().getOrDefault(funding, 1.0)
        * (firstPayment ? profile.payments().firstPaymentMultiplier() : 1);
  }

  /** A first attempt that fails for good, with a card that is still valid. */
  public Setback failure(RandomStream stream) {
    return new Setback(withoutExpiry.pick(stream), Setback.NEVER);
  }

  /** When the retry with this number, from 0, is due. */
  public Instant retryAt(Instant firstAttempt, int retry) {
    double days = profile.payments().retryDays().get(retry);
    return firstAttempt.plusSeconds(Math.round(days * 86_400));
  }

  public int retries() {
    return profile.payments().retryDays().size();
  }

  /**
   * A declined first attempt.
   *
   * @param retry the retry, from 0, at which the invoice is paid, or {@link #NEVER}
   */
  public record Setback(Decline decline, int retry) {
    static final int NEVER = -1;

    public boolean recovers() {
      return retry != NEVER;
    }
  }

  private static Map<Integer, Double> numbered(List<Double> weights) {
    Map<Integer, Double> numbered = new LinkedHashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      numbered.put(i, weights.get(i));
    }
    return numbered;
  }
}
