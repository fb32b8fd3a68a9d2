package org.stripeanalytics.marts;

/** What {@code marts.trial_funnel} sums: customers. */
public enum FunnelMeasure {
  SIGNUPS,
  TRIALS_STARTED,
  TRIALS_CONVERTED,
  PAID_WITHOUT_TRIAL,
  PAID,

  RETAINED_30D,
  RETAINED_90D,
  RETAINED_365D,

  /** Payers of whom it is not known yet whether they will be retained. */
  UNDECIDED_30D,
  UNDECIDED_90D,
  UNDECIDED_365D,

  /** Trials that ended too recently for their outcome to be settled. */
  UNSETTLED_TRIALS
}
