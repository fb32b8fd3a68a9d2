package org.stripeanalytics.marts;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.math.Quantiles;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * Where the weeks before a day let one expect a series: the median of the same weekday, moved by
 * how the latest two weeks lie against theirs, so that growth is followed; and around it the spread
 * of those weeks, from the median of their distances. All are medians, so an incident of last week
 * neither hides one of today nor raises an alarm afterwards.
 *
 * @param center where the day is expected
 * @param monthly what has come on top of that on the same day of both months before, where it came
 *     in both: bills and renewals keep to the month and not to the week
 * @param spread the standard deviation to be expected
 */
record SeasonalBaseline(double center, double monthly, double spread) {
  /** So many that the same day of the two months before lies among them. */
  static final int MOST_WEEKS = 9;

  /** With fewer a weekday's median says too little. */
  static final int LEAST_WEEKS = 5;

  private static final int WEEK = 7;
  private static final int DAYS_OF_LEVEL = 2 * WEEK;

  /** Standard deviations in a median distance of a normal distribution. */
  private static final double DEVIATIONS_PER_MEDIAN_DISTANCE = 1.4826;

  /**
   * @param series consecutive days
   * @param day the index of the day in question, with {@link #LEAST_WEEKS} weeks before it
   * @param date the date of that day
   * @param leastSpread what the spread is not below
   */
  static SeasonalBaseline of(double[] series, int day, LocalDate date, double leastSpread) {
    int weeks = Math.min(MOST_WEEKS, day / WEEK);
    checkArgument(weeks >= LEAST_WEEKS, "only %s days lie before the day in question", day);
    double[] before = Arrays.copyOfRange(series, day - weeks * WEEK, day);
    // The day in question has the weekday of the first of them, and of every seventh after it.
    double[] usual = new double[WEEK];
    for (int weekday = 0; weekday < WEEK; weekday++) {
      double[] ofWeekday = new double[weeks];
      for (int week = 0; week < weeks; week++) {
        ofWeekday[week] = before[week * WEEK + weekday];
      }
      usual[weekday] = median(ofWeekday);
    }
    double[] distances = new double[before.length];
    double[] sizes = new double[before.length];
    for (int i = 0; i < before.length; i++) {
      distances[i] = before[i] - usual[i % WEEK];
      sizes[i] = Math.abs(distances[i]);
    }
    double level =
        median(Arrays.copyOfRange(distances, distances.length - DAYS_OF_LEVEL, distances.length));
    double distance = median(sizes);
    // A median of few days lies closer to them than to the day that is yet to come.
    double unseen = Math.sqrt((weeks + 1.0) / (weeks - 1.0));
    return new SeasonalBaseline(
        usual[0] + level,
        monthly(distances, date),
        Math.max(leastSpread, distance * DEVIATIONS_PER_MEDIAN_DISTANCE * unseen));
  }

  /** How many spreads a value lies above what is expected; negative below. */
  double score(double value) {
    return (value - nearest(value)) / spread;
  }

  /** What is expected of the day, by the week or by the month: what is nearest to the value. */
  double nearest(double value) {
    double byMonth = center + monthly;
    return Math.max(Math.min(center, byMonth), Math.min(Math.max(center, byMonth), value));
  }

  /** The larger of the distances of that day in both months before, if they point one way. */
  private static double monthly(double[] distances, LocalDate date) {
    int last = distances.length - (int) ChronoUnit.DAYS.between(date.minusMonths(1), date);
    int beforeLast = distances.length - (int) ChronoUnit.DAYS.between(date.minusMonths(2), date);
    if (beforeLast < 0 || Math.signum(distances[last]) != Math.signum(distances[beforeLast])) {
      return 0;
    }
    return Math.abs(distances[last]) > Math.abs(distances[beforeLast])
        ? distances[last]
        : distances[beforeLast];
  }

  /** Rearranges the values. */
  private static double median(double[] values) {
    return Quantiles.median().computeInPlace(values);
  }
}
