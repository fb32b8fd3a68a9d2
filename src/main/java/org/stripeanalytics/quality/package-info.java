/**
 * What a row must be to enter the warehouse. {@link org.stripeanalytics.quality.RowChecks} holds a
 * row to its contract, whatever source it comes from; what breaks a {@link
 * org.stripeanalytics.quality.RejectionRule} is written to {@code ops.rejected_records} and can be
 * ingested again; {@link org.stripeanalytics.quality.ReconcileRows} proves at the end of a run that
 * every row that came in was written, superseded or rejected.
 */
package org.stripeanalytics.quality;
