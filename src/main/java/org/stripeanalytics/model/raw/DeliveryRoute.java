package org.stripeanalytics.model.raw;

import java.util.Locale;

/**
 * How a raw row came to us: the values of {@code _source}. The order is that of trust. Of two
 * versions of one object that changed at the same time, the one by the later route stands.
 */
public enum DeliveryRoute {
  /** Simulated. */
  SYNTHETIC,
  /** A file of objects, as in an export. */
  JSON,
  /** An event, from an archive of webhooks or from the endpoint itself. */
  WEBHOOK,
  /** Asked of Stripe's API. */
  STRIPE_API;

  /** The value of {@code _source}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
