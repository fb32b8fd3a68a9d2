/**
 * Rows of the raw tables as the JSON of Stripe's API. What each object looks like stands in {@code
 * stripe-objects.json}, which is compiled once into writers that copy its constant parts and fill
 * in the others.
 */
package org.stripeanalytics.synthesis.json;
