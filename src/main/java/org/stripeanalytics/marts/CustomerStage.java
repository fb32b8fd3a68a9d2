package org.stripeanalytics.marts;

import java.util.Locale;

/**
 * A stage in the life of a customer, at the end of a month. In the order in which {@link
 * StageRules} asks, which is that of what most needs somebody to act: each customer is in the first
 * one that fits.
 */
enum CustomerStage {
  /** Before the first MRR; no row of a table is in it. */
  NONE,
  LOST,
  PAST_DUE,
  AT_RISK,
  DORMANT_RETURN,
  NEW,
  ONBOARDING,
  EXPANDING,
  DISCOUNTED,
  CHAMPION,
  HEALTHY;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
