package org.stripeanalytics.prediction;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns of numbers moved to mean 0 and stretched to standard deviation 1, so that a search takes
 * equal steps along all of them whatever their units. A column of one value is only moved.
 *
 * @param rows in the order in which they were given
 * @param scales what a standardized number has to be multiplied by
 */
record Standardized(List<double[]> rows, ImmutableDoubleArray scales) {

  /**
   * @param columns those that are kept, in this order
   */
  static Standardized of(List<double[]> rows, List<Integer> columns) {
    int width = columns.size();
    double[] mean = new double[width];
    double[] deviation = new double[width];
    for (int j = 0; j < width; j++) {
      int column = columns.get(j);
      mean[j] = rows.stream().mapToDouble(row -> row[column]).sum() / rows.size();
      double center = mean[j];
      double squares = rows.stream().mapToDouble(row -> square(row[column] - center)).sum();
      deviation[j] = squares > 0 ? Math.sqrt(squares / rows.size()) : 1;
    }
    List<double[]> standardized = new ArrayList<>(rows.size());
    for (double[] row : rows) {
      double[] moved = new double[width];
      for (int j = 0; j < width; j++) {
        moved[j] = (row[columns.get(j)] - mean[j]) / deviation[j];
      }
      standardized.add(moved);
    }
    return new Standardized(standardized, ImmutableDoubleArray.copyOf(deviation));
  }

  double scale(int column) {
    return scales.get(column);
  }

  private static double square(double x) {
    return x * x;
  }
}
