package org.stripeanalytics.intermediate;

import java.util.Locale;

/** Why recurring revenue ended. */
public enum ChurnKind {
  /** The customer asked for it. */
  VOLUNTARY,
  /** Payments failed until the subscription was given up. */
  INVOLUNTARY,
  /** The customer disputed a payment. */
  DISPUTE,
  /** Nothing ended: it only stopped counting. */
  PAUSE,
  UNKNOWN;

  /** The name it has in the tables. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
