package org.stripeanalytics.prediction;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Kaplan and Meier's estimate of the share that is still without the event, by time.
 *
 * @param steps one for each time at which an event happens, in order
 */
public record KaplanMeier(ImmutableList<Step> steps) {
  /** The 97.5th percentile of the standard normal distribution, for intervals of 95 %. */
  static final double Z = 1.959963984540054;

  /** A product of fractions may miss the half that it is by a few units in the last place. */
  private static final double HALF = 0.5 + 1e-12;

  /** On which scale an interval of 95 % is symmetric, before it is brought back to shares. */
  public enum Interval {
    /** ln S, cut at 1: the default of R's survfit. */
    LOG {
      @Override
      double bound(double survival, double error, int side) {
        return Math.min(1, survival * Math.exp(side * Z * error));
      }
    },
    /** ln(−ln S), which stays between 0 and 1 by itself. */
    LOG_LOG {
      @Override
      double bound(double survival, double error, int side) {
        return Math.pow(survival, Math.exp(side * Z * error / Math.log(survival)));
      }
    };

    /**
     * @param error standard error of ln S
     * @param side −1 for the lower bound, 1 for the upper one
     */
    abstract double bound(double survival, double error, int side);
  }

  /**
   * Just after an event.
   *
   * @param standardError Greenwood's; NaN, as are the bounds, where nobody is left
   */
  public record Step(
      double time,
      int atRisk,
      int events,
      double survival,
      double standardError,
      double lower,
      double upper) {}

  public static KaplanMeier of(List<Observation> observations, Interval interval) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    double survival = 1;
    double greenwood = 0;
    for (Observation.Moment moment : Observation.moments(observations)) {
      double atRisk = moment.atRisk();
      double events = moment.events();
      if (events == 0) {
        continue;
      }
      survival *= (atRisk - events) / atRisk;
      greenwood += events / (atRisk * (atRisk - events));
      boolean anybodyLeft = survival > 0;
      double error = Math.sqrt(greenwood);
      steps.add(
          new Step(
              moment.time(),
              moment.atRisk(),
              moment.events(),
              survival,
              anybodyLeft ? survival * error : Double.NaN,
              anybodyLeft ? interval.bound(survival, error, -1) : Double.NaN,
              anybodyLeft ? interval.bound(survival, error, 1) : Double.NaN));
    }
    return new KaplanMeier(steps.build());
  }

  /** The first time at which at most half are left; empty if more than half always are. */
  public OptionalDouble median() {
    return firstAtMostHalf(Step::survival);
  }

  /** Where the lower bound of survival falls to a half. */
  public OptionalDouble medianLower() {
    return firstAtMostHalf(Step::lower);
  }

  /** Where the upper bound of survival falls to a half. */
  public OptionalDouble medianUpper() {
    return firstAtMostHalf(Step::upper);
  }

  /**
   * Where exactly a half is left between two events: the middle between them, which R reports as
   * the median.
   */
  public OptionalDouble middleOfExactHalf() {
    for (int i = 0; i + 1 < steps.size(); i++) {
      if (Math.abs(steps.get(i).survival() - 0.5) < HALF - 0.5) {
        return OptionalDouble.of((steps.get(i).time() + steps.get(i + 1).time()) / 2);
      }
    }
    return OptionalDouble.empty();
  }

  private OptionalDouble firstAtMostHalf(ToDoubleFunction<Step> share) {
    return steps.stream()
        .filter(step -> share.applyAsDouble(step) <= HALF)
        .mapToDouble(Step::time)
        .findFirst();
  }
}
