package org.stripeanalytics.fold.terms;

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

  /** The kind of that name in the tables. */
  public static ChurnKind named(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** The name it has in the tables. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
