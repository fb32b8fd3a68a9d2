package org.stripeanalytics.prediction;

/** How the partial likelihood counts events at one time, whose order is not known. */
public enum TieMethod {
  /** Each event leaves its equal share of those that happen with it out of the risk set. */
  EFRON {
    @Override
    double leftOut(int event, int events) {
      return (double) event / events;
    }
  },
  /** Every event has the whole risk set. */
  BRESLOW {
    @Override
    double leftOut(int event, int events) {
      return 0;
    }
  };

  /**
   * The share of the events at a time that the risk set of one of them lacks.
   *
   * @param event which of them, counted from 0
   */
  abstract double leftOut(int event, int events);
}
