/**
 * Predictions for the customers of an account: what is known of each at the end of every month
 * ({@link org.stripeanalytics.forecast.KnownHistory}), models of who leaves ({@link
 * org.stripeanalytics.forecast.ChurnModels}), how good they were ({@link
 * org.stripeanalytics.forecast.EvaluateModels}), and a probability for every customer. The
 * statistics are those of {@code prediction}; Beam groups by customer and counts, nothing else.
 *
 * <p>Time is honest: a month is scored by models that had seen only what happened before it, and a
 * feature sees only what was known at the end of its month.
 */
package org.stripeanalytics.forecast;
