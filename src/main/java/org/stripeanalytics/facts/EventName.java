package org.stripeanalytics.facts;

import java.util.Locale;

/** What can happen to a subscription, in the order in which it is told within a day. */
public enum EventName {
  SIGNED_UP,
  TRIAL_STARTED,
  TRIAL_WILL_END,
  TRIAL_CONVERTED,
  TRIAL_EXPIRED,
  ACTIVATED,
  UPGRADED,
  DOWNGRADED,
  PAYMENT_FAILED,
  RECOVERED,
  PAST_DUE,
  CANCELLATION_SCHEDULED,
  CANCELLATION_REVOKED,
  CHURNED_VOLUNTARY,
  CHURNED_INVOLUNTARY,
  REACTIVATED,
  PAUSED,
  RESUMED,
  REFUNDED,
  DISPUTED;

  /** The name it has in the table. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
