package org.stripeanalytics.prediction;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hipparchus.util.FastMath;

/**
 * Probability of an event by the values of some categorical features: a logistic regression with a
 * column for every value that is common enough, and one for the others of its feature. The effects
 * of a feature are moved so that their mean over the data of the fit is 0: the intercept is the
 * logit of somebody average, and an effect what a value adds to it.
 *
 * @param effects for each feature, by value; {@link #OTHER} for the values that are not listed
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
  /** Stands for all values of a feature that are rarer than {@link #LEAST_TRIALS}. */
  public static final String OTHER = "";

  private static final long LEAST_TRIALS = 50;

  /** Most adjustments of the penalties; they usually settle in fewer. */
  private static final int ROUNDS = 6;

  /** A penalty that moves by less changes no effect that matters. */
  private static final double SETTLED = 0.2;

  /** A standard deviation of 1: a value usually multiplies the odds by less than e. */
  private static final double FIRST_PENALTY = 1;

  private static final double LEAST_PENALTY = 0.1;

  /** At which effects are nothing. */
  private static final double MOST_PENALTY = 10_000;

  private static final Comparator<Observed> BY_PATTERN =
      Comparator.comparing(
          Observed::pattern, Comparators.lexicographical(Comparator.<String>naturalOrder()));

  /**
   * What a value does.
   *
   * @param logit what it adds to the logit of somebody average
   * @param trials how often it was seen
   */
  public record Effect(double logit, long trials) implements Serializable {}

  /**
   * Outcomes of those whose features have the same values.
   *
   * @param pattern a value for each feature, in their order
   */
  public record Observed(ImmutableList<String> pattern, long trials, long events) {}

  /**
   * Fits a model. The order of the observations does not matter.
   *
   * @param features how many there are
   * @param overlap how many trials an event is in, as with those of overlapping months: so much
   *     less each of them tells
   * @throws IllegalArgumentException when there are no events, or nothing but events
   */
  public static CategoricalModel fit(int features, List<Observed> observed, int overlap) {
    List<Observed> inOrder = observed.stream().sorted(BY_PATTERN).toList();
    Columns columns = Columns.of(features, inOrder);
    return columns.model(fit(columns, columns.encode(inOrder), 1.0 / overlap), inOrder);
  }

  /**
   * Every feature has a penalty of its own, by how much its effects differ in the data: that of a
   * feature that tells nothing grows until its effects are gone. MacKay, Bayesian interpolation,
   * Neural Computation 4 (1992): penalty = (columns − penalty · Σ variance) / Σ coefficient².
   */
  private static LogisticRegression fit(
      Columns columns, List<LogisticRegression.Trials> cells, double weight) {
    double[] penalties = new double[columns.width()];
    Arrays.fill(penalties, FIRST_PENALTY);
    LogisticRegression fit = null;
    for (int round = 0; round <= ROUNDS; round++) {
      fit = LogisticRegression.fit(cells, ImmutableDoubleArray.copyOf(penalties), weight, fit);
      double moved = 0;
      for (Map<String, Integer> feature : columns.byValue()) {
        double known = feature.size();
        double squares = 0;
        for (int column : feature.values()) {
          known -= penalties[column] * fit.variances().get(1 + column);
          squares += fit.coefficients().get(1 + column) * fit.coefficients().get(1 + column);
        }
        double wanted = known > 0 && squares > 0 ? known / squares : MOST_PENALTY;
        double penalty = Math.min(MOST_PENALTY, Math.max(LEAST_PENALTY, wanted));
        for (int column : feature.values()) {
          moved = Math.max(moved, Math.abs(FastMath.log(penalty / penalties[column])));
          penalties[column] = penalty;
        }
      }
      if (moved < SETTLED) {
        break;
      }
    }
    return fit;
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
    Effect effect = known.getOrDefault(value, known.get(OTHER));
    return effect == null ? 0 : effect.logit();
  }

  /**
   * A column for each value, feature by feature.
   *
   * @param byValue for each feature
   * @param trials of each column
   */
  private record Columns(List<Map<String, Integer>> byValue, List<Long> trials) {

    static Columns of(int features, List<Observed> observed) {
      List<Map<String, Integer>> byValue = new ArrayList<>();
      List<Long> trials = new ArrayList<>();
      for (int f = 0; f < features; f++) {
        Map<String, Long> seen = new TreeMap<>();
        for (Observed cell : observed) {
          seen.merge(cell.pattern().get(f), cell.trials(), Long::sum);
        }
        Map<String, Integer> columns = new LinkedHashMap<>();
        long rare = 0;
        for (Map.Entry<String, Long> value : seen.entrySet()) {
          if (value.getValue() < LEAST_TRIALS) {
            rare += value.getValue();
          } else {
            columns.put(value.getKey(), trials.size());
            trials.add(value.getValue());
          }
        }
        if (rare > 0) {
          columns.put(OTHER, trials.size());
          trials.add(rare);
        }
        byValue.add(columns);
      }
      return new Columns(byValue, trials);
    }

    int width() {
      return trials.size();
    }

    /** Cells that rare values made different become one. */
    List<LogisticRegression.Trials> encode(List<Observed> observed) {
      Map<ImmutableIntArray, long[]> cells = new LinkedHashMap<>();
      for (Observed cell : observed) {
        ImmutableIntArray.Builder columns = ImmutableIntArray.builder(byValue.size());
        for (int f = 0; f < byValue.size(); f++) {
          Map<String, Integer> known = byValue.get(f);
          columns.add(known.getOrDefault(cell.pattern().get(f), known.getOrDefault(OTHER, -1)));
        }
        long[] counts = cells.computeIfAbsent(columns.build(), absent -> new long[2]);
        counts[0] += cell.trials();
        counts[1] += cell.events();
      }
      return cells.entrySet().stream()
          .map(
              cell ->
                  new LogisticRegression.Trials(
                      cell.getKey(), cell.getValue()[0], cell.getValue()[1]))
          .toList();
    }

    CategoricalModel model(LogisticRegression fit, List<Observed> observed) {
      long all = observed.stream().mapToLong(Observed::trials).sum();
      double intercept = fit.coefficients().get(0);
      ImmutableList.Builder<ImmutableMap<String, Effect>> effects = ImmutableList.builder();
      for (Map<String, Integer> columns : byValue) {
        double mean = 0;
        for (int column : columns.values()) {
          mean += fit.coefficients().get(1 + column) * trials.get(column) / all;
        }
        intercept += mean;
        ImmutableMap.Builder<String, Effect> ofFeature = ImmutableMap.builder();
        for (Map.Entry<String, Integer> column : columns.entrySet()) {
          double logit = fit.coefficients().get(1 + column.getValue()) - mean;
          ofFeature.put(column.getKey(), new Effect(logit, trials.get(column.getValue())));
        }
        effects.add(ofFeature.buildOrThrow());
      }
      return new CategoricalModel(
          intercept,
          effects.build(),
          all,
          observed.stream().mapToLong(Observed::events).sum(),
          fit.logLikelihood());
    }
  }
}
