package org.stripeanalytics.marts;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.MetricAnomaly;

/**
 * Holds each day of a metric against its {@link SeasonalBaseline}. Plain Java over one series: what
 * it says of a day depends on the {@link #DAYS_LOOKED_BACK} days before it and on nothing else.
 *
 * @param account the first day of the account's history; a day without figures since then is a zero
 * @param judged the days about which something is said
 */
public record AnomalyDetector(LocalDate account, DataInterval judged) implements Serializable {
  public static final int DAYS_LOOKED_BACK = 7 * SeasonalBaseline.MOST_WEEKS;

  /** A day this many times as far off as one that is worth a look cannot be put down to chance. */
  private static final double CRITICAL = 1.5;

  private static final int PLACES = 9;

  /**
   * One row per judged day that has enough weeks before it, and something for the metric to be a
   * part of.
   *
   * @param days of one metric and subject, each at most once, in any order
   */
  public List<MetricAnomaly> judge(WatchedMetric metric, String subject, List<WatchedDay> days) {
    LocalDate first = judged.from().minusDays(DAYS_LOOKED_BACK);
    if (first.isBefore(account)) {
      first = account;
    }
    int length = (int) Math.max(0, ChronoUnit.DAYS.between(first, judged.to()));
    Series series = new Series(metric, length);
    for (WatchedDay day : days) {
      series.put((int) ChronoUnit.DAYS.between(first, day.getDay()), day);
    }
    List<MetricAnomaly> rows = new ArrayList<>();
    int begin =
        (int)
            Math.max(
                7L * SeasonalBaseline.LEAST_WEEKS, ChronoUnit.DAYS.between(first, judged.from()));
    for (int day = begin; day < length; day++) {
      if (series.canJudge(day)) {
        rows.add(series.judge(day, first.plusDays(day)).setSubject(subject).build());
      }
    }
    return rows;
  }

  private static final class Series {
    private final WatchedMetric metric;
    private final BigDecimal[] values;
    private final double[] bases;
    private final long[] customers;
    private final double[] scaled;

    Series(WatchedMetric metric, int length) {
      this.metric = metric;
      values = new BigDecimal[length];
      bases = new double[length];
      customers = new long[length];
      scaled = new double[length];
      for (int day = 0; day < length; day++) {
        values[day] = BigDecimal.ZERO;
        scaled[day] = metric.scaled(0, 0);
      }
    }

    void put(int day, WatchedDay of) {
      if (day >= 0 && day < values.length) {
        values[day] = of.getValue();
        bases[day] = of.getBase().doubleValue();
        customers[day] = of.getCustomers();
        scaled[day] = metric.scaled(of.getValue().doubleValue(), bases[day]);
      }
    }

    boolean canJudge(int day) {
      return metric.canJudge(bases[day]);
    }

    MetricAnomaly.Builder judge(int day, LocalDate date) {
      SeasonalBaseline usual =
          SeasonalBaseline.of(scaled, day, date, metric.leastSpread(customers[day]));
      double expected = usual.nearest(scaled[day]);
      double slack = metric.warning() * usual.spread();
      double score = usual.score(scaled[day]);
      return MetricAnomaly.builder()
          .setDay(date)
          .setMetric(metric.id())
          .setValue(values[day])
          .setExpected(unscaled(expected, day))
          .setExpectedLow(unscaled(expected - slack, day))
          .setExpectedHigh(unscaled(expected + slack, day))
          .setScore(rounded(score))
          .setSeverity(severity(Math.abs(score) / metric.warning()));
    }

    private BigDecimal unscaled(double value, int day) {
      return rounded(metric.unscaled(value, bases[day]));
    }
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_UP);
  }

  private static String severity(double limits) {
    return limits >= CRITICAL ? "critical" : limits >= 1 ? "warning" : "none";
  }
}
