package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.hipparchus.util.FastMath;
import org.stripeanalytics.prediction.CategoricalModel;
import org.stripeanalytics.prediction.CategoricalModel.Observed;

/**
 * Competing risks of leaving within a horizon: one logistic regression for each cause, in which
 * whoever left for the other one counts as not having left. So the two probabilities are shares of
 * one whole, and their sum is that of leaving at all.
 */
record LeavingModel(CategoricalModel voluntary, CategoricalModel involuntary)
    implements Serializable {
  /** With fewer the features cannot be told apart, and only the rate is used. */
  private static final long LEAST_EVENTS = 30;

  /**
   * @param seen at least one customer whose outcome is known
   * @param part of a pattern that the model looks at, of so many features
   */
  static LeavingModel fit(
      List<CountedMonth> seen,
      Horizon horizon,
      int features,
      UnaryOperator<ImmutableList<String>> part) {
    return new LeavingModel(
        fit(seen, horizon, Risk.VOLUNTARY, features, part),
        fit(seen, horizon, Risk.INVOLUNTARY, features, part));
  }

  private static CategoricalModel fit(
      List<CountedMonth> seen,
      Horizon horizon,
      Risk risk,
      int features,
      UnaryOperator<ImmutableList<String>> part) {
    List<Observed> observed =
        seen.stream()
            .map(
                month ->
                    new Observed(
                        part.apply(month.pattern()),
                        horizon.known(month.counts()),
                        horizon.events(month.counts(), risk)))
            .toList();
    long trials = observed.stream().mapToLong(Observed::trials).sum();
    long events = observed.stream().mapToLong(Observed::events).sum();
    return Math.min(events, trials - events) < LEAST_EVENTS
        ? rate(trials, events, features)
        : CategoricalModel.fit(features, observed, horizon.months());
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

  double probability(Risk risk, List<String> pattern) {
    double v = voluntary.probability(pattern);
    double i = involuntary.probability(pattern);
    double most = Math.max(1, v + i);
    return switch (risk) {
      case ANY -> (v + i) / most;
      case VOLUNTARY -> v / most;
      case INVOLUNTARY -> i / most;
    };
  }

  /** The share that left in the data of the fit, by the prior that {@link #rate} has too. */
  double averageProbability() {
    return share(voluntary) + share(involuntary);
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
