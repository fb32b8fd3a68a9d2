package org.stripeanalytics.prediction;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.hipparchus.util.FastMath;
import org.stripeanalytics.prediction.CategoricalData.FeatureColumns;

/**
 * Probability of an event by the values of some categorical features: a logistic regression whose
 * penalties follow from the data. The effects of a feature are moved so that their mean over the
 * data of the fit is 0: the intercept is the logit of somebody average, and an effect what a value
 * adds to it.
 *
 * @param effects for each feature, by value; {@link CategoricalData#OTHER} for the values that are
 *     not listed
 * @param trials of the fit
 * @param events of the fit
 * @param logLikelihood at the fitted coefficients, without the penalty
 */
public record CategoricalModel(
    double intercept,
    ImmutableList<ImmutableMap<String, Effect>> effects,
    long trials,
    long events,
    double logLikelihood)
    implements Serializable {
  /** Most adjustments of the penalties; with more the predictions are no better. */
  private static final int ROUNDS = 6;

  /** Of Newton's method before the penalties are adjusted: near the maximum is good enough. */
  private static final int FIRST_STEPS = 4;

  private static final int STEPS = 1;

  /** A penalty that moves by less changes no effect that matters. */
  private static final double SETTLED = 0.2;

  /** A standard deviation of 1: a value usually multiplies the odds by less than e. */
  private static final double FIRST_PENALTY = 1;

  private static final double LEAST_PENALTY = 0.1;

  /**
   * Most features tell little: the density of a feature's standard deviation falls with its square.
   * In MacKay's formula it counts as one more column that is known. Without it, about one in five
   * of those that tell nothing would keep an effect.
   */
  private static final double MORE_THAN_NOTHING = 1;

  /** At which effects are nothing. */
  private static final double MOST_PENALTY = 10_000;

  /**
   * What a level's own effect is penalised by, beside its difference to the next level: just enough
   * that all levels of a scale do not move together with the intercept.
   */
  private static final double LEVEL = 1e-3;

  /**
   * What a value does.
   *
   * @param logit what it adds to the logit of somebody average
   * @param trials how often it was seen
   */
  public record Effect(double logit, long trials) implements Serializable {}

  /**
   * Fits a model. The order of the observations does not matter.
   *
   * @param outcome whose probability is fitted, by its place
   * @param overlap how many trials an event is in, as with those of overlapping months: so much
   *     less each of them tells
   * @throws IllegalArgumentException when there are no events, or nothing but events
   */
  public static CategoricalModel fit(CategoricalData data, int outcome, int overlap) {
    return fit(data, outcome, overlap, null, Set.of());
  }

  /**
   * Fits a model of which something is known beforehand: the effects of some features are expected
   * to be those on an event that comes more often, and are moved as far as the data ask for.
   *
   * @param alike the model of that event; null for none
   * @param shared numbers of those features
   */
  public static CategoricalModel fit(
      CategoricalData data,
      int outcome,
      int overlap,
      @Nullable CategoricalModel alike,
      Set<Integer> shared) {
    Expected expected = Expected.of(data, alike, shared);
    LogisticRegression fit =
        fit(data, Cells.of(data.trialsOf(outcome), data.exclusive()), expected, 1.0 / overlap);
    return of(data, fit, data.events(outcome));
  }

  /**
   * What effects are expected to be.
   *
   * @param mean of each column
   * @param own part of a feature's penalty that is for the distance from that mean
   * @param next part that is for how the distance differs from that of the next column; changes
   *     with what was fitted
   */
  private record Expected(double[] mean, double[] own, double[] next) {

    static Expected of(
        CategoricalData data, @Nullable CategoricalModel alike, Set<Integer> shared) {
      double[] mean = new double[data.width()];
      double[] own = new double[data.width()];
      double[] next = new double[data.width()];
      for (int f = 0; f < data.features().size(); f++) {
        FeatureColumns columns = data.features().get(f);
        int feature = f;
        columns
            .byValue()
            .forEach(
                (value, column) -> {
                  mean[column] =
                      alike != null && shared.contains(feature) ? alike.effect(feature, value) : 0;
                  own[column] = column - columns.first() < columns.levels() ? LEVEL : 1;
                  next[column] = columns.isFollowed(column) ? 1 : 0;
                });
      }
      return new Expected(mean, own, next);
    }

    Prior prior(double[] penalties) {
      return new Prior(
          ImmutableDoubleArray.copyOf(mean), scaled(own, penalties), scaled(next, penalties));
    }

    private static ImmutableDoubleArray scaled(double[] parts, double[] penalties) {
      double[] scaled = new double[parts.length];
      Arrays.setAll(scaled, j -> parts[j] * penalties[j]);
      return ImmutableDoubleArray.copyOf(scaled);
    }

    /** By how much a feature's effects differ from what was expected. */
    double squares(FeatureColumns columns, LogisticRegression fit) {
      double squares = 0;
      for (int j = columns.first(); j < columns.first() + columns.size(); j++) {
        double distance = distance(j, fit);
        squares += own[j] * distance * distance;
        if (next[j] > 0) {
          double step = step(j, fit);
          squares += next[j] * step * step;
        }
      }
      return squares;
    }

    /**
     * Neighbours on a scale are alike but for a few steps, such as the day on which nobody tries
     * any more to collect a bill: a Cauchy distribution. It is a normal one for each step, of which
     * those that are great in the data are penalised little.
     */
    void allowSteps(FeatureColumns columns, double penalty, LogisticRegression fit) {
      for (int j = columns.first(); j < columns.first() + columns.size(); j++) {
        if (next[j] > 0) {
          double step = step(j, fit);
          next[j] = 2 / (1 + penalty * (step * step + stepVariance(j, fit)));
        }
      }
    }

    private double distance(int column, LogisticRegression fit) {
      return fit.coefficients().get(1 + column) - mean[column];
    }

    private double step(int column, LogisticRegression fit) {
      return distance(column + 1, fit) - distance(column, fit);
    }

    private static double stepVariance(int column, LogisticRegression fit) {
      return fit.variances().get(1 + column)
          + fit.variances().get(2 + column)
          - 2 * fit.covariances().get(1 + column);
    }

    /** How uncertain those differences are. */
    double uncertainty(FeatureColumns columns, LogisticRegression fit) {
      double sum = 0;
      for (int j = columns.first(); j < columns.first() + columns.size(); j++) {
        sum += own[j] * fit.variances().get(1 + j);
        if (next[j] > 0) {
          sum += next[j] * stepVariance(j, fit);
        }
      }
      return sum;
    }
  }

  /**
   * Every feature has a penalty of its own, by how much its effects differ in the data: that of a
   * feature that tells nothing grows until its effects are gone. MacKay, Bayesian interpolation,
   * Neural Computation 4 (1992): penalty = (columns − penalty · Σ variance) / Σ coefficient². Added
   * to it is what is known before any data: {@link #MORE_THAN_NOTHING}.
   */
  private static LogisticRegression fit(
      CategoricalData data, Cells trials, Expected expected, double weight) {
    double[] penalties = new double[data.width()];
    Arrays.fill(penalties, FIRST_PENALTY);
    LogisticRegression fit = null;
    for (int round = 0; round < ROUNDS; round++) {
      fit =
          LogisticRegression.fit(
              trials, expected.prior(penalties), weight, fit, fit == null ? FIRST_STEPS : STEPS);
      double moved = 0;
      for (FeatureColumns columns : data.features()) {
        if (columns.size() == 0) {
          continue;
        }
        double before = penalties[columns.first()];
        expected.allowSteps(columns, before, fit);
        double known = columns.size() - before * expected.uncertainty(columns, fit);
        double squares = expected.squares(columns, fit);
        double wanted =
            known > 0 && squares > 0 ? (known + MORE_THAN_NOTHING) / squares : MOST_PENALTY;
        double penalty = Math.min(MOST_PENALTY, Math.max(LEAST_PENALTY, wanted));
        moved = Math.max(moved, Math.abs(FastMath.log(penalty / before)));
        Arrays.fill(penalties, columns.first(), columns.first() + columns.size(), penalty);
      }
      if (moved < SETTLED) {
        break;
      }
    }
    return LogisticRegression.fit(
        trials, expected.prior(penalties), weight, fit, LogisticRegression.MOST_STEPS);
  }

  private static CategoricalModel of(CategoricalData data, LogisticRegression fit, long events) {
    double intercept = fit.coefficients().get(0);
    long trials = data.trials();
    ImmutableList.Builder<ImmutableMap<String, Effect>> effects = ImmutableList.builder();
    for (FeatureColumns columns : data.features()) {
      double mean = 0;
      for (int column : columns.byValue().values()) {
        mean += fit.coefficients().get(1 + column) * data.columnTrials(column) / trials;
      }
      intercept += mean;
      ImmutableMap.Builder<String, Effect> ofFeature = ImmutableMap.builder();
      for (Map.Entry<String, Integer> column : columns.byValue().entrySet()) {
        double logit = fit.coefficients().get(1 + column.getValue()) - mean;
        ofFeature.put(column.getKey(), new Effect(logit, data.columnTrials(column.getValue())));
      }
      effects.add(ofFeature.buildOrThrow());
    }
    return new CategoricalModel(intercept, effects.build(), trials, events, fit.logLikelihood());
  }

  public double logit(List<String> pattern) {
    double sum = intercept;
    for (int f = 0; f < effects.size(); f++) {
      sum += effect(f, pattern.get(f));
    }
    return sum;
  }

  public double probability(List<String> pattern) {
    return LogisticRegression.logistic(logit(pattern));
  }

  /** What a value adds to the logit; nothing if neither it nor others like it were seen. */
  public double effect(int feature, String value) {
    ImmutableMap<String, Effect> known = effects.get(feature);
    Effect effect = known.getOrDefault(value, known.get(CategoricalData.OTHER));
    return effect == null ? 0 : effect.logit();
  }
}
