package org.stripeanalytics.marts;

/**
 * What {@code marts.segment_monthly} sums; revenue in annualised minor units. How many went from
 * one stage to another is counted by name.
 */
enum StageMeasure {
  /** Customers with their first MRR. */
  STARTED,

  PAST_DUE,
  PAST_DUE_ARR,
  AT_RISK,
  AT_RISK_ARR,
  DORMANT_RETURN,
  DORMANT_RETURN_ARR,
  NEW,
  NEW_ARR,
  ONBOARDING,
  ONBOARDING_ARR,
  EXPANDING,
  EXPANDING_ARR,
  DISCOUNTED,
  DISCOUNTED_ARR,
  CHAMPION,
  CHAMPION_ARR,
  HEALTHY,
  HEALTHY_ARR,
  LOST,
  LOST_ARR;

  static StageMeasure customersIn(CustomerStage stage) {
    return valueOf(stage.name());
  }

  static StageMeasure arrIn(CustomerStage stage) {
    return valueOf(stage.name() + "_ARR");
  }
}
