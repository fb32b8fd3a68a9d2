/**
 * A Stripe to test against. {@link org.stripeanalytics.server.StripeApi} answers requests by the
 * rules of Stripe's list and retrieve endpoints from an {@link org.stripeanalytics.server.Account}
 * held in memory; it knows nothing of HTTP, and its time is a clock, so tests ask it directly.
 * {@link org.stripeanalytics.server.StripeServer} puts it on a port.
 *
 * <p>It reads only: no request changes the account. What it serves is usually a simulated account
 * ({@link org.stripeanalytics.server.SimulatedStripe}), but any objects will do.
 */
package org.stripeanalytics.server;
