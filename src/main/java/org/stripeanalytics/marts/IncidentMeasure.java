package org.stripeanalytics.marts;

/** What {@code marts.refunds_disputes_monthly} sums; volumes in minor units. */
enum IncidentMeasure {
  CHARGES,
  VOLUME,

  /** By the month of the refund or dispute; a charge counts once in a month. */
  REFUNDED,
  REFUNDED_VOLUME,
  DISPUTED,
  DISPUTED_VOLUME,

  /** By the month of the charge; a charge counts once. */
  COHORT_REFUNDED,
  COHORT_REFUNDED_VOLUME,
  COHORT_DISPUTED,
  COHORT_DISPUTED_VOLUME,

  DISPUTES_WON,
  DISPUTES_LOST,

  VISA_CHARGES,
  VISA_DISPUTES,
  MASTERCARD_CHARGES,
  MASTERCARD_DISPUTES
}
