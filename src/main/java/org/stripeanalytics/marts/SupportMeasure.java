package org.stripeanalytics.marts;

/** What {@code marts.support_load_monthly} sums; first responses are counted by their minutes. */
enum SupportMeasure {
  TICKETS,
  UNRESOLVED,
  ANSWERED,
  BAD,

  /** Customers with MRR: what came and went, so that the running total is who is there. */
  CUSTOMERS,

  /** Customers with a bad ticket in the month before which they had MRR. */
  WITH_BAD,
  LOST_WITH_BAD,

  /** Customers who had MRR at the start of the month and no bad ticket in it. */
  WITHOUT_BAD,
  LOST_WITHOUT_BAD
}
