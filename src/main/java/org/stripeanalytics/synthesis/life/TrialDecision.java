package org.stripeanalytics.synthesis.life;

import java.time.Duration;
import java.time.Instant;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.Region;
import org.stripeanalytics.synthesis.profile.UnconvertedTrial;

/**
 * What a customer makes of a trial, decided at its start.
 *
 * @param converts whether the customer means to pay
 * @param otherwise what comes of a trial that does not convert
 * @param when within the trial
 * @param atEnd for a cancellation: whether it waits for the trial's end
 * @param feedback of a cancellation
 */
record TrialDecision(
    boolean converts, UnconvertedTrial otherwise, Instant when, boolean atEnd, String feedback) {
  private static final Duration MARGIN = Duration.ofHours(1);

  static TrialDecision of(
      Population population, Region region, Instant start, Instant end, RandomStream stream) {
    Profile profile = population.profile();
    boolean converts =
        stream.chance(
            profile.trial().conversion() * profile.regions().get(region).conversionMultiplier());
    UnconvertedTrial otherwise = population.unconverted().pick(stream);
    boolean atEnd = stream.chance(profile.churn().atPeriodEnd());
    String feedback = population.feedback().pick(stream);
    Instant when = stream.between(start.plus(MARGIN), end.minus(MARGIN));
    return new TrialDecision(converts, otherwise, when, atEnd, feedback);
  }
}
