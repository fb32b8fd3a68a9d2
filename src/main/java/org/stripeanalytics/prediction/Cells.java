package org.stripeanalytics.prediction;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trials of a regression one after the other, as they are walked many times. Most customers have
 * the usual value of most features, so those columns are left out of the cells, and what sums over
 * them are follows from the sums over all: a cell of fifteen columns has some seven left, and its
 * part of the second derivatives a quarter.
 *
 * <p>Columns are counted from 1; 0 is the intercept.
 *
 * @param columns those that are 1 and not usual, cell after cell, ascending
 * @param ends where the columns of each cell end
 * @param trials whole numbers
 * @param events likewise
 * @param usual one of every feature
 */
@SuppressWarnings("ArrayRecordComponent")
record Cells(
    int[] columns, int[] ends, double[] trials, double[] events, ImmutableList<Usual> usual) {

  /**
   * Columns of which every cell has exactly one.
   *
   * @param first from 1
   */
  record Exclusive(int first, int size) {}

  /**
   * The column of a feature that most cells have.
   *
   * @param others of the feature
   */
  record Usual(int column, ImmutableIntArray others) {}

  /**
   * @param features of which the usual columns are left out
   */
  static Cells of(List<LogisticRegression.Trials> cells, List<Exclusive> features) {
    int last = features.stream().mapToInt(f -> f.first() + f.size()).max().orElse(0);
    int[] seen = new int[last];
    boolean[] isUsual = new boolean[last];
    if (last > 0) {
      cells.forEach(cell -> cell.columns().forEach(column -> seen[1 + column]++));
    }
    List<Usual> usual = new ArrayList<>();
    for (Exclusive feature : features) {
      Usual ofFeature = usual(feature, seen);
      isUsual[ofFeature.column()] = true;
      usual.add(ofFeature);
    }
    int[] ends = new int[cells.size()];
    double[] trials = new double[cells.size()];
    double[] events = new double[cells.size()];
    int[] columns = new int[cells.stream().mapToInt(cell -> cell.columns().length()).sum()];
    int end = 0;
    for (int c = 0; c < cells.size(); c++) {
      LogisticRegression.Trials cell = cells.get(c);
      for (int k = 0; k < cell.columns().length(); k++) {
        int column = 1 + cell.columns().get(k);
        if (column >= last || !isUsual[column]) {
          columns[end++] = column;
        }
      }
      ends[c] = end;
      trials[c] = cell.trials();
      events[c] = cell.events();
    }
    return new Cells(
        Arrays.copyOf(columns, end), ends, trials, events, ImmutableList.copyOf(usual));
  }

  /** The first of those that most cells have. */
  private static Usual usual(Exclusive feature, int[] seen) {
    int end = feature.first() + feature.size();
    int usual = feature.first();
    for (int column = usual; column < end; column++) {
      if (seen[column] > seen[usual]) {
        usual = column;
      }
    }
    int left = usual;
    return new Usual(
        usual,
        ImmutableIntArray.copyOf(
            IntStream.range(feature.first(), end).filter(column -> column != left)));
  }

  /**
   * What the columns of a cell add to the logit of one that has the usual columns only, which is
   * the first.
   *
   * @param beta the intercept, then a coefficient for each column
   */
  double[] moves(double[] beta) {
    double[] moves = beta.clone();
    for (Usual feature : usual) {
      double level = beta[feature.column()];
      moves[0] += level;
      feature.others().forEach(column -> moves[column] -= level);
    }
    return moves;
  }

  /**
   * Adds the derivatives by the usual columns. Of a feature every cell has one column, so the sums
   * over its columns are that of the intercept.
   *
   * @param hessian its lower triangle is known; all of it afterwards
   */
  void complete(double[] gradient, double[][] hessian) {
    mirror(hessian);
    for (Usual feature : usual) {
      int column = feature.column();
      double[] row = hessian[0].clone();
      feature
          .others()
          .forEach(
              other -> {
                gradient[column] -= gradient[other];
                for (int x = 0; x < row.length; x++) {
                  row[x] -= hessian[other][x];
                }
              });
      gradient[column] += gradient[0];
      // No cell has two columns of a feature.
      row[column] = row[0];
      feature.others().forEach(other -> row[other] = 0);
      hessian[column] = row;
      for (int x = 0; x < row.length; x++) {
        hessian[x][column] = row[x];
      }
    }
  }

  /** Copies the lower triangle of a matrix to the upper one. */
  static void mirror(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        matrix[j][i] = matrix[i][j];
      }
    }
  }
}
