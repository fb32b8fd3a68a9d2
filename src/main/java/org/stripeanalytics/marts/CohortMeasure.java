package org.stripeanalytics.marts;

/** What {@code marts.retention_cohorts} sums; revenue in annualised minor units. */
enum CohortMeasure {
  /** Customers who start, and their MRR then: once, in the cohort's own month. */
  SIZE,
  NEW_ARR,

  /** Customers with MRR at the end of the month, and how much. */
  ACTIVE,
  ARR
}
