package org.stripeanalytics.marts;

import java.util.Locale;

/**
 * The daily figures that are watched, each on a scale on which its spread does not grow with the
 * account.
 */
public enum WatchedMetric {
  /** What MRR gained or lost, as a part of the MRR at the start of the day. */
  MRR_CHANGE {
    @Override
    boolean canJudge(double base) {
      return base > 0;
    }

    @Override
    double scaled(double value, double base) {
      return base > 0 ? value / base : 0;
    }

    @Override
    double unscaled(double scaled, double base) {
      return scaled * base;
    }

    /** One customer coming or going is never remarkable. */
    @Override
    double leastSpread(long customers) {
      return 1.0 / Math.max(1, customers);
    }

    /** Few customers make a day, and a large one is no incident. */
    @Override
    double warning() {
      return 3.5;
    }
  },
  SIGNUPS,
  PAYMENT_FAILURES,
  REFUNDS,
  /** Rows that a raw table has of the day. */
  ROWS {
    /** They come in heaps: the cards that a network renews on the same day, say. */
    @Override
    double leastSpread(long customers) {
      return 1.75;
    }

    @Override
    double warning() {
      return 3.5;
    }
  };

  /** Where Anscombe's transformation keeps a small count of chance apart from its square root. */
  private static final double ANSCOMBE = 3.0 / 8;

  /** As in {@code marts.metric_anomalies}. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static WatchedMetric ofId(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** A part of nothing is neither usual nor unusual. */
  boolean canJudge(double base) {
    return true;
  }

  /**
   * @param base what the value is a part of, where it is a part
   */
  double scaled(double value, double base) {
    return 2 * Math.sqrt(value + ANSCOMBE);
  }

  double unscaled(double scaled, double base) {
    return scaled <= scaled(0, base) ? 0 : scaled * scaled / 4 - ANSCOMBE;
  }

  /** On its scale; what chance alone gives a count of independent events is 1. */
  double leastSpread(long customers) {
    return 1;
  }

  /** How many spreads from what is expected a day is worth a look. */
  double warning() {
    return 3;
  }
}
