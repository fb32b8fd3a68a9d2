package org.stripeanalytics.synthesis.account;

import java.util.List;

/**
 * A continuous curve whose yearly totals grow by given rates: exponential within each year, without
 * a step between two. In the first year it grows as from the first to the second.
 */
final class Growth {
  private final double[] logAtYearStart;

  private Growth(double[] logAtYearStart) {
    this.logAtYearStart = logAtYearStart;
  }

  /**
   * @param rates growth of the total of each year over the one before; 0.5 is 50 %
   */
  static Growth of(List<Double> rates) {
    double[] logs = new double[rates.size() + 2];
    double total = 0;
    for (int year = 0; year <= rates.size(); year++) {
      double start = StrictMath.exp(logs[year]);
      double factor;
      if (year == 0) {
        factor = rates.isEmpty() ? 1 : 1 + rates.get(0);
        total = start * meanOver(factor);
      } else {
        total *= 1 + rates.get(year - 1);
        factor = factorWithMean(total / start);
      }
      logs[year + 1] = logs[year] + StrictMath.log(factor);
    }
    return new Growth(logs);
  }

  int years() {
    return logAtYearStart.length - 1;
  }

  /** The curve at a time in years since the start; 1 at the start. */
  double at(double years) {
    int year = Math.min((int) years, years() - 1);
    double part = years - year;
    return StrictMath.exp(logAtYearStart[year] * (1 - part) + logAtYearStart[year + 1] * part);
  }

  /** Mean over a year of a curve that starts at 1 and ends at {@code factor}. */
  private static double meanOver(double factor) {
    return Math.abs(factor - 1) < 1e-9 ? 1 : (factor - 1) / StrictMath.log(factor);
  }

  private static double factorWithMean(double mean) {
    double low = 1e-6;
    double high = 1e6;
    for (int i = 0; i < 200; i++) {
      double middle = StrictMath.sqrt(low * high);
      if (meanOver(middle) < mean) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return StrictMath.sqrt(low * high);
  }
}
