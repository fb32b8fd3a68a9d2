/**
 * The edge: Stripe's webhooks are received, verified and stored. {@link
 * org.stripeanalytics.webhooks.WebhookEndpoint} decides what a request is answered with and knows
 * nothing of HTTP; {@link org.stripeanalytics.webhooks.WebhookServer} puts it on a port. What is
 * stored is the body as it came, in files that {@code ingest} reads ({@link
 * org.stripeanalytics.webhooks.LandingStore}) or in Pub/Sub ({@link
 * org.stripeanalytics.webhooks.PubsubStore}).
 *
 * <p>A delivery is answered with 200 only when it is stored for good. Stripe repeats every other
 * one for three days, so nothing is lost as long as the edge never promises too much; what arrives
 * twice is the business of {@code ingest}.
 */
package org.stripeanalytics.webhooks;
