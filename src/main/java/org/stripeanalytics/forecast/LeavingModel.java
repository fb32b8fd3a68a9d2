package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.hipparchus.util.FastMath;
import org.stripeanalytics.prediction.CategoricalData;
import org.stripeanalytics.prediction.CategoricalModel;

/**
 * Competing risks of leaving within a horizon: a logistic regression for leaving because payment
 * fails, and one for leaving of one's own accord among those whom that does not happen to. So the
 * probability of leaving at all is 1 − (1 − involuntary) · (1 − voluntary), and never more than 1.
 */
record LeavingModel(CategoricalModel voluntary, CategoricalModel involuntary)
    implements Serializable {
  /** With fewer the features cannot be told apart, and only the rate is used. */
  private static final long LEAST_EVENTS = 30;

  /** Features that predict the decision to leave, however the customer then leaves. */
  private static final ImmutableSet<RiskFeature> OF_DECIDING =
      Sets.immutableEnumSet(
          EnumSet.complementOf(
              EnumSet.of(
                  RiskFeature.NEXT_BILL,
                  RiskFeature.BILLED_DAYS,
                  RiskFeature.COLLECTION,
                  RiskFeature.DAYS_IN_COLLECTION,
                  RiskFeature.CARD_EXPIRY)));

  /** What a failed payment tells of, whether or not it is paid in the end. */
  private static final ImmutableSet<RiskFeature> OF_FAILING =
      Sets.immutableEnumSet(RiskFeature.REGION, RiskFeature.CARD_FUNDING, RiskFeature.CARD_EXPIRY);

  /** What is the same in a later month, so that signs of one month tell of several. */
  private static final ImmutableSet<RiskFeature> LASTING =
      Sets.immutableEnumSet(
          RiskFeature.PLAN, RiskFeature.BILLING, RiskFeature.CHANNEL, RiskFeature.REGION);

  /**
   * Events that come before customers leave, and more often. Their models are not published; they
   * say what effects to expect.
   *
   * @param deciding to leave, at once or later; null with too few events
   * @param failing to pay at the first attempt; null with too few events
   */
  record Signs(@Nullable CategoricalModel deciding, @Nullable CategoricalModel failing) {
    static final Signs NONE = new Signs(null, null);

    /**
     * @param voluntary with the outcomes of a month and what predicts that cause
     * @param involuntary likewise
     */
    static Signs of(CategoricalData voluntary, CategoricalData involuntary) {
      return new Signs(sign(voluntary, Horizon.DECIDED), sign(involuntary, Horizon.FAILED));
    }

    private static @Nullable CategoricalModel sign(CategoricalData data, int outcome) {
      return hasEnough(data, outcome) ? CategoricalModel.fit(data, outcome, 1) : null;
    }
  }

  /**
   * @param voluntary with the outcomes of a horizon and what predicts that cause
   * @param involuntary likewise
   */
  static LeavingModel fit(
      CategoricalData voluntary, CategoricalData involuntary, Horizon horizon, Signs signs) {
    return new LeavingModel(
        fit(
            voluntary.without(Horizon.INVOLUNTARY),
            horizon,
            Horizon.VOLUNTARY,
            signs.deciding(),
            numbers(horizon == Horizon.ONE_MONTH ? OF_DECIDING : LASTING)),
        fit(
            involuntary,
            horizon,
            Horizon.INVOLUNTARY,
            signs.failing(),
            numbers(horizon == Horizon.ONE_MONTH ? OF_FAILING : LASTING)));
  }

  private static CategoricalModel fit(
      CategoricalData data,
      Horizon horizon,
      int outcome,
      @Nullable CategoricalModel sign,
      Set<Integer> shared) {
    return hasEnough(data, outcome)
        ? CategoricalModel.fit(data, outcome, horizon.months(), sign, shared)
        : rate(data.trials(), data.events(outcome), data.featureCount());
  }

  private static boolean hasEnough(CategoricalData data, int outcome) {
    long events = data.events(outcome);
    return Math.min(events, data.trials() - events) >= LEAST_EVENTS;
  }

  private static ImmutableSet<Integer> numbers(Set<RiskFeature> features) {
    return features.stream().map(RiskFeature::ordinal).collect(ImmutableSet.toImmutableSet());
  }

  /** The same for everybody, by Jeffreys' prior, so that it is neither 0 nor 1. */
  private static CategoricalModel rate(long trials, long events, int features) {
    double logit = FastMath.log((events + 0.5) / (trials - events + 0.5));
    return new CategoricalModel(
        logit,
        ImmutableList.copyOf(Collections.nCopies(features, ImmutableMap.of())),
        trials,
        events,
        0);
  }

  /** Probabilities of leaving for either reason, which exclude each other. */
  record Chances(double voluntary, double involuntary) {
    double of(Risk risk) {
      return switch (risk) {
        case ANY -> voluntary + involuntary;
        case VOLUNTARY -> voluntary;
        case INVOLUNTARY -> involuntary;
      };
    }
  }

  Chances chances(List<String> pattern) {
    double i = involuntary.probability(pattern);
    return new Chances((1 - i) * voluntary.probability(pattern), i);
  }

  double probability(Risk risk, List<String> pattern) {
    return chances(pattern).of(risk);
  }

  /** The share that left in the data of the fit, by the prior that {@link #rate} has too. */
  double averageProbability() {
    return share(involuntary) + (1 - share(involuntary)) * share(voluntary);
  }

  private static double share(CategoricalModel model) {
    return (model.events() + 0.5) / (model.trials() + 1.0);
  }

  /**
   * What each feature adds to the logit of leaving at all: its effects on the causes, weighted by
   * their probabilities.
   */
  ImmutableList<Double> effects(List<String> pattern) {
    double v = voluntary.probability(pattern);
    double i = involuntary.probability(pattern);
    return IntStream.range(0, pattern.size())
        .mapToObj(
            f ->
                (v * voluntary.effect(f, pattern.get(f))
                        + i * involuntary.effect(f, pattern.get(f)))
                    / (v + i))
        .collect(ImmutableList.toImmutableList());
  }
}
