/** What happened, each at one declared grain: one class per table, {@code Compute} and its name. */
package org.stripeanalytics.facts;
