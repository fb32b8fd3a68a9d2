/**
 * Statistical models in plain Java: how long customers stay. {@link
 * org.stripeanalytics.prediction.RetentionModel} fits a curve to the counts of a cohort; {@link
 * org.stripeanalytics.prediction.KaplanMeier}, {@link org.stripeanalytics.prediction.LogRank} and
 * {@link org.stripeanalytics.prediction.CoxRegression} describe and compare durations of which some
 * are censored. {@link org.stripeanalytics.prediction.CategoricalModel} gives the probability of an
 * event by what is known of somebody, and {@link org.stripeanalytics.prediction.Accuracy} says how
 * good such probabilities were.
 *
 * <p>Nothing here reads a file, a warehouse or a clock, and equal input gives equal output to the
 * last bit: sums run in the order of their data and no start of an optimisation is random.
 */
package org.stripeanalytics.prediction;
