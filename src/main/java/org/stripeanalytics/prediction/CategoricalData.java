package org.stripeanalytics.prediction;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counted outcomes by the values of some categorical features, laid out for regressions: a column
 * for every level of a scale, for every name that is common enough, and one for the other names of
 * a feature. Trials with the same columns are one cell, and cells stand in the order of their
 * columns, so that the order of what was observed changes no bit of a fit.
 */
public final class CategoricalData {
  /** Stands for all names of a feature that are rarer than {@link #LEAST_TRIALS}. */
  static final String OTHER = "";

  private static final long LEAST_TRIALS = 50;

  private static final Comparator<Cell> BY_COLUMNS =
      (a, b) -> {
        for (int k = 0; k < a.columns().length(); k++) {
          int order = Integer.compare(a.columns().get(k), b.columns().get(k));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  /**
   * Outcomes of those whose features have the same values.
   *
   * @param pattern a value for each feature, in their order
   * @param events for each kind of outcome, which may overlap
   */
  public record Observed(ImmutableList<String> pattern, long trials, ImmutableLongArray events) {}

  /**
   * The columns of a feature, which follow each other.
   *
   * @param byValue levels of the scale first, in their order
   * @param levels how many of them there are
   */
  record FeatureColumns(Map<String, Integer> byValue, int first, int levels) {
    int size() {
      return byValue.size();
    }

    /** Whether a column and the next one are neighbours on a scale. */
    boolean isFollowed(int column) {
      return column - first < levels - 1;
    }

    int of(String value) {
      return byValue.getOrDefault(value, byValue.getOrDefault(OTHER, -1));
    }
  }

  private record Cell(ImmutableIntArray columns, long trials, ImmutableLongArray events) {}

  private final ImmutableList<FeatureColumns> features;
  private final ImmutableLongArray columnTrials;
  private final ImmutableList<Cell> cells;
  private final int outcomes;

  private CategoricalData(
      List<FeatureColumns> features, long[] columnTrials, List<Cell> cells, int outcomes) {
    this.features = ImmutableList.copyOf(features);
    this.columnTrials = ImmutableLongArray.copyOf(columnTrials);
    this.cells = ImmutableList.copyOf(cells);
    this.outcomes = outcomes;
  }

  /**
   * @param scales one for each feature
   * @param observed at least one, all with the same kinds of outcome
   */
  public static CategoricalData of(List<Scale> scales, List<Observed> observed) {
    return of(scales, Set.of(), observed);
  }

  /**
   * @param scales one for each feature
   * @param ignored numbers of features that have no columns, and so no effects
   * @param observed at least one, all with the same kinds of outcome
   */
  public static CategoricalData of(
      List<Scale> scales, Set<Integer> ignored, List<Observed> observed) {
    List<FeatureColumns> features = new ArrayList<>();
    int width = 0;
    for (int f = 0; f < scales.size(); f++) {
      FeatureColumns columns =
          ignored.contains(f)
              ? new FeatureColumns(Map.of(), width, 0)
              : columns(scales.get(f), f, width, observed);
      features.add(columns);
      width += columns.size();
    }
    int outcomes = observed.get(0).events().length();
    Map<ImmutableIntArray, long[]> sums = new HashMap<>();
    long[] columnTrials = new long[width];
    for (Observed row : observed) {
      checkArgument(row.events().length() == outcomes, "kinds of outcome differ");
      ImmutableIntArray.Builder columns = ImmutableIntArray.builder(features.size());
      for (int f = 0; f < features.size(); f++) {
        if (ignored.contains(f)) {
          continue;
        }
        int column = features.get(f).of(row.pattern().get(f));
        columnTrials[column] += row.trials();
        columns.add(column);
      }
      long[] sum = sums.computeIfAbsent(columns.build(), absent -> new long[1 + outcomes]);
      sum[0] += row.trials();
      for (int k = 0; k < outcomes; k++) {
        sum[1 + k] += row.events().get(k);
      }
    }
    List<Cell> cells = new ArrayList<>(sums.size());
    sums.forEach(
        (columns, sum) ->
            cells.add(
                new Cell(
                    columns, sum[0], ImmutableLongArray.copyOf(sum).subArray(1, 1 + outcomes))));
    cells.sort(BY_COLUMNS);
    return new CategoricalData(features, columnTrials, cells, outcomes);
  }

  private static FeatureColumns columns(Scale scale, int f, int first, List<Observed> observed) {
    Map<String, Integer> byValue = new LinkedHashMap<>();
    for (String level : scale.levels()) {
      byValue.put(level, first + byValue.size());
    }
    Map<String, Long> names = new TreeMap<>();
    for (Observed row : observed) {
      String value = row.pattern().get(f);
      if (!byValue.containsKey(value)) {
        names.merge(value, row.trials(), Long::sum);
      }
    }
    int levels = byValue.size();
    boolean hasRare = false;
    for (Map.Entry<String, Long> name : names.entrySet()) {
      if (name.getValue() < LEAST_TRIALS) {
        hasRare = true;
      } else {
        byValue.put(name.getKey(), first + byValue.size());
      }
    }
    if (hasRare) {
      byValue.put(OTHER, first + byValue.size());
    }
    return new FeatureColumns(byValue, first, levels);
  }

  /**
   * The trials that did not have an outcome: what became of them otherwise.
   *
   * @param outcome that excludes all others which are looked at then
   */
  public CategoricalData without(int outcome) {
    long[] left = new long[columnTrials.length()];
    List<Cell> others = new ArrayList<>(cells.size());
    for (Cell cell : cells) {
      long trials = cell.trials() - cell.events().get(outcome);
      if (trials > 0) {
        others.add(new Cell(cell.columns(), trials, cell.events()));
        cell.columns().forEach(column -> left[column] += trials);
      }
    }
    return new CategoricalData(features, left, others, outcomes);
  }

  public long trials() {
    return cells.stream().mapToLong(Cell::trials).sum();
  }

  /** How many trials had an outcome. */
  public long events(int outcome) {
    return cells.stream().mapToLong(cell -> cell.events().get(outcome)).sum();
  }

  /** How many features patterns have. */
  public int featureCount() {
    return features.size();
  }

  ImmutableList<FeatureColumns> features() {
    return features;
  }

  /** The columns of each feature, as regressions count them. */
  List<Cells.Exclusive> exclusive() {
    return features.stream()
        .filter(feature -> feature.size() > 0)
        .map(feature -> new Cells.Exclusive(1 + feature.first(), feature.size()))
        .toList();
  }

  int width() {
    return columnTrials.length();
  }

  /** How many trials have a column. */
  long columnTrials(int column) {
    return columnTrials.get(column);
  }

  /** The trials of a regression on one kind of outcome. */
  List<LogisticRegression.Trials> trialsOf(int outcome) {
    checkArgument(outcome < outcomes, "there are %s kinds of outcome", outcomes);
    return cells.stream()
        .map(
            cell ->
                new LogisticRegression.Trials(
                    cell.columns(), cell.trials(), cell.events().get(outcome)))
        .toList();
  }
}
