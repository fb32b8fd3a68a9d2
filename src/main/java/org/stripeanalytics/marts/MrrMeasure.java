package org.stripeanalytics.marts;

import org.stripeanalytics.facts.MovementType;

/**
 * What the MRR marts sum. Levels are summed as changes, so that their running total is the level;
 * revenue is in annualised minor units.
 */
public enum MrrMeasure {
  ARR,
  ARR_LIST,
  ARR_BILLED,
  ARR_PAST_DUE,
  ARR_ENDING,
  ARR_STARTER,
  ARR_PROFESSIONAL,
  ARR_OTHER,
  CUSTOMERS,

  NEW,
  REACTIVATION,
  EXPANSION,
  CONTRACTION,
  CHURN,
  CUSTOMERS_NEW,
  CUSTOMERS_REACTIVATED,
  CUSTOMERS_CHURNED,

  NET_NEW,
  NET_REACTIVATION,
  NET_EXPANSION,
  NET_CONTRACTION,
  NET_CHURN;

  /** The revenue moved between the ends of two days. */
  static MrrMeasure movement(MovementType type) {
    return switch (type) {
      case NEW -> NEW;
      case REACTIVATION -> REACTIVATION;
      case EXPANSION -> EXPANSION;
      case CONTRACTION -> CONTRACTION;
      case CHURN -> CHURN;
    };
  }

  /** The revenue moved between the ends of two months. */
  static MrrMeasure netMovement(MovementType type) {
    return switch (type) {
      case NEW -> NET_NEW;
      case REACTIVATION -> NET_REACTIVATION;
      case EXPANSION -> NET_EXPANSION;
      case CONTRACTION -> NET_CONTRACTION;
      case CHURN -> NET_CHURN;
    };
  }
}
