package org.stripeanalytics.marts;

/** What {@code marts.payment_health_monthly} sums; volumes in minor units. */
public enum PaymentMeasure {
  INVOICES,
  VOLUME,
  FIRST_FAILED,
  FIRST_FAILED_VOLUME,
  RECOVERED,
  RECOVERED_VOLUME,
  IN_RECOVERY,
  ATTEMPTS,
  ATTEMPTS_SUCCEEDED,
  /** Annualised minor units lost to failed payments; positive. */
  INVOLUNTARY_CHURN
}
