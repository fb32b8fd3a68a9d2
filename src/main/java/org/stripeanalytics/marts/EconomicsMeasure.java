package org.stripeanalytics.marts;

/** What {@code marts.unit_economics_monthly} sums; revenue in annualised minor units. */
enum EconomicsMeasure {
  /** Spend rows and movements; the first of them opens a segment value. */
  EVENTS,
  /** Minor units spent. */
  SPEND,

  CUSTOMERS_NEW,
  NEW_ARR,

  /** Levels, summed as changes. */
  CUSTOMERS,
  ARR,

  CUSTOMERS_START,
  CUSTOMERS_LOST
}
