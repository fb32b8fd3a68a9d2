package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * The boundaries of a subscription's billing periods. Each is computed from the anchor and never
 * from the one before, so an anchor of 31 January bills on 28 February and returns to the 31st.
 */
record BillingPeriods(Instant anchor, int months) {

  /** Start of the period with this number; period 0 starts at the anchor. */
  Instant start(int number) {
    return anchor.atOffset(ZoneOffset.UTC).plusMonths((long) number * months).toInstant();
  }

  static Instant plusMonths(Instant at, int months) {
    return at.atOffset(ZoneOffset.UTC).plusMonths(months).toInstant();
  }
}
