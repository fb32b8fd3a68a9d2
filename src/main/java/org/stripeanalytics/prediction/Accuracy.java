package org.stripeanalytics.prediction;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.util.FastMath;

/**
 * How good predicted probabilities were, once the outcomes are known. A figure that the outcomes do
 * not determine is NaN.
 *
 * @param auc probability that somebody with the event had the higher prediction than somebody
 *     without, ties counting half (Fawcett, An introduction to ROC analysis, 2006)
 * @param brier mean squared difference between prediction and outcome
 * @param logLoss mean of −ln of the probability that was given to what happened
 * @param calibration outcomes regressed on the logit of the predictions
 * @param expectedCalibrationError mean over the tenths by prediction of |mean prediction − share of
 *     events|
 * @param liftOfTopTenth share of events in the tenth with the highest predictions over that of all
 * @param tenths from the lowest predictions to the highest, each a tenth of the trials; predictions
 *     that are equal are divided in proportion
 */
public record Accuracy(
    long trials,
    long events,
    double auc,
    double brier,
    double logLoss,
    CalibrationLine calibration,
    double expectedCalibrationError,
    double liftOfTopTenth,
    ImmutableList<Tenth> tenths) {
  private static final int TENTHS = 10;

  /** So that nothing is certain. */
  private static final double LEAST_PROBABILITY = 1e-12;

  /** Those to whom the same probability was given. */
  public record Scored(double probability, long trials, long events) {}

  /** What was predicted on average, and what came. */
  public record Tenth(double predicted, double observed) {}

  /** The order of the predictions does not matter. */
  public static Accuracy of(List<Scored> predictions) {
    List<Scored> ascending = merged(predictions);
    long trials = ascending.stream().mapToLong(Scored::trials).sum();
    long events = ascending.stream().mapToLong(Scored::events).sum();
    if (trials == 0) {
      return new Accuracy(
          0,
          0,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          CalibrationLine.UNKNOWN,
          Double.NaN,
          Double.NaN,
          ImmutableList.of());
    }
    ImmutableList<Tenth> tenths = tenths(ascending, trials);
    double error = 0;
    for (Tenth tenth : tenths) {
      error += Math.abs(tenth.predicted() - tenth.observed()) / TENTHS;
    }
    return new Accuracy(
        trials,
        events,
        auc(ascending, trials, events),
        brier(ascending, trials),
        logLoss(ascending, trials),
        CalibrationLine.of(ascending),
        error,
        tenths.get(TENTHS - 1).observed() * trials / events,
        tenths);
  }

  /** The share of the events. */
  public double prevalence() {
    return (double) events / trials;
  }

  /**
   * The same predictions in ascending order, equal ones as one: what {@link #of} makes of both is
   * equal.
   */
  public static List<Scored> merged(List<Scored> predictions) {
    List<Scored> merged = new ArrayList<>();
    predictions.stream()
        .filter(scored -> scored.trials() > 0)
        .sorted(Comparator.comparingDouble(Scored::probability))
        .forEach(
            next -> {
              int last = merged.size() - 1;
              if (last >= 0 && merged.get(last).probability() == next.probability()) {
                Scored same = merged.get(last);
                merged.set(
                    last,
                    new Scored(
                        next.probability(),
                        same.trials() + next.trials(),
                        same.events() + next.events()));
              } else {
                merged.add(next);
              }
            });
    return merged;
  }

  private static double auc(List<Scored> ascending, long trials, long events) {
    double wins = 0;
    long without = 0;
    for (Scored scored : ascending) {
      long withoutHere = scored.trials() - scored.events();
      wins += scored.events() * (without + withoutHere / 2.0);
      without += withoutHere;
    }
    return wins / ((double) events * (trials - events));
  }

  private static double brier(List<Scored> ascending, long trials) {
    double sum = 0;
    for (Scored scored : ascending) {
      double p = scored.probability();
      sum += scored.trials() * p * p + scored.events() * (1 - 2 * p);
    }
    return sum / trials;
  }

  private static double logLoss(List<Scored> ascending, long trials) {
    double sum = 0;
    for (Scored scored : ascending) {
      double p = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, scored.probability()));
      sum -= scored.events() * FastMath.log(p);
      sum -= (scored.trials() - scored.events()) * FastMath.log1p(-p);
    }
    return sum / trials;
  }

  private static ImmutableList<Tenth> tenths(List<Scored> ascending, long trials) {
    double size = trials / (double) TENTHS;
    double[] predicted = new double[TENTHS];
    double[] observed = new double[TENTHS];
    double before = 0;
    for (Scored scored : ascending) {
      double after = before + scored.trials();
      double rate = (double) scored.events() / scored.trials();
      for (int k = Math.min(TENTHS - 1, (int) (before / size)); k < TENTHS; k++) {
        double end = k == TENTHS - 1 ? trials : (k + 1) * size;
        double part = Math.min(after, end) - Math.max(before, k * size);
        if (part <= 0) {
          break;
        }
        predicted[k] += part * scored.probability() / size;
        observed[k] += part * rate / size;
      }
      before = after;
    }
    ImmutableList.Builder<Tenth> tenths = ImmutableList.builder();
    for (int k = 0; k < TENTHS; k++) {
      tenths.add(new Tenth(predicted[k], observed[k]));
    }
    return tenths.build();
  }
}
