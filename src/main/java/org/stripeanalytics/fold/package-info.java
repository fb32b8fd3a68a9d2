/**
 * One customer's history in plain Java, without Beam: {@link org.stripeanalytics.fold.CustomerFold}
 * takes the state at the start of a month and what changed since, and gives a {@link
 * org.stripeanalytics.fold.timeline.CustomerTimeline} and the state at the end. The rooms below it,
 * each of which uses only those before it: {@code terms}, {@code changes}, {@code timeline}, {@code
 * billing}, {@code state}. {@code intermediate} runs it in a pipeline.
 */
package org.stripeanalytics.fold;
