package org.stripeanalytics.marts;

/** What {@link ComputeAttributionMonthly} sums. */
enum AttributionMeasure {
  /** Parts of conversions and days of spend: where there is the first, rows begin. */
  EVENTS,
  /** Millionths of customers. */
  CUSTOMERS_PPM,
  FIRST_PAYMENTS,
  NEW_MRR,
  EXPANSIONS,
  REVENUE,
  SPEND
}
