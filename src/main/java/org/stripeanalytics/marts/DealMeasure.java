package org.stripeanalytics.marts;

/** What {@code marts.pipeline_to_revenue_monthly} sums; payments are counted by their days. */
enum DealMeasure {
  WON,
  UNRESOLVED,

  /** Millionths of the source's currency. */
  AMOUNT,

  /** Customers once in a month, and their annualised MRR at its end, in minor units. */
  CUSTOMERS,
  ARR,

  PAID_BEFORE,
  PAID_WITHIN,
  PAID_LATER
}
