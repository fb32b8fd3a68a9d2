/**
 * One customer's history in plain Java; its rows name their coder, and that is all it knows of
 * Beam. {@link org.stripeanalytics.fold.CustomerFold} takes the state at the start of an interval
 * and what changed in it, and gives a {@link org.stripeanalytics.fold.timeline.CustomerTimeline}
 * and the state at the end. The packages below it, each of which uses only those before it, are
 * {@code terms}, {@code changes}, {@code timeline}, {@code billing}, {@code state}. {@code
 * intermediate} runs it in a pipeline.
 */
package org.stripeanalytics.fold;
