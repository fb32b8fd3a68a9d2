/**
 * Multi-touch attribution in plain Java: divides the conversions at the end of customer journeys
 * among the channels on the way. {@link org.stripeanalytics.attribution.Journeys} go in, one credit
 * per channel comes out; nothing here reads, writes or knows of tables.
 *
 * <p>Rules that look at one journey at a time are {@link
 * org.stripeanalytics.attribution.TouchRule}s; {@link org.stripeanalytics.attribution.MarkovChain}
 * and {@link org.stripeanalytics.attribution.ShapleyValue} look at all of them. Both are exact:
 * nothing is simulated or sampled.
 */
package org.stripeanalytics.attribution;
