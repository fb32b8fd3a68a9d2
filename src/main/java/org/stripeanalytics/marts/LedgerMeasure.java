package org.stripeanalytics.marts;

/** What {@code marts.revenue_daily} sums: minor units of the reporting currency, and charges. */
enum LedgerMeasure {
  /** Ledger entries; the first of them opens a segment value. */
  ENTRIES,
  GROSS_VOLUME,
  REFUNDS,
  DISPUTES,
  FEES,
  OTHER,
  NET,
  PAYOUTS,
  CHARGES_SUCCEEDED,
  CHARGES_FAILED
}
