package org.stripeanalytics.marts;

/** What {@code marts.churn_monthly} sums; revenue in annualised minor units. */
enum ChurnMeasure {
  /** New movements; the first of them opens a segment value. */
  CUSTOMERS_NEW,

  /** Customers with MRR at the start of the month, and those of them without any at its end. */
  CUSTOMERS_START,
  CUSTOMERS_LOST,

  /** Of the customers with MRR a month before: what they had, have, and have of what they had. */
  ARR_1M_BEFORE,
  ARR_1M_KEPT,
  ARR_1M_KEPT_AT_MOST,

  /** The same of the customers with MRR twelve months before. */
  ARR_12M_BEFORE,
  ARR_12M_KEPT,
  ARR_12M_KEPT_AT_MOST,

  NEW,
  REACTIVATION,
  EXPANSION,
  CONTRACTION,
  CHURN,

  VOLUNTARY_CHURNED,
  INVOLUNTARY_CHURNED,
  DISPUTE_CHURNED,
  PAUSED_CHURNED,
  UNKNOWN_CHURNED,

  STARTER_CHURNED,
  PROFESSIONAL_CHURNED,
  OTHER_CHURNED
}
