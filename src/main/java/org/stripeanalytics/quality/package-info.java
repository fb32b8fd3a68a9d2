/**
 * What data must be. {@link org.stripeanalytics.quality.RowChecks} holds a row to its contract when
 * it enters the warehouse, whatever source it comes from; what breaks a {@link
 * org.stripeanalytics.quality.RejectionRule} is written to {@code ops.rejected_records} and can be
 * ingested again; {@link org.stripeanalytics.quality.ReconcileRows} proves at the end of a run that
 * every row that came in was written, superseded or rejected.
 *
 * <p>What rows promise together is compiled from the contracts to SQL that the warehouse's own
 * engine runs after the load: {@link org.stripeanalytics.quality.TableScan} makes one statement of
 * the tests of a table, {@link org.stripeanalytics.quality.RunDataTests} runs them for all tables,
 * and {@link org.stripeanalytics.quality.FailOnErrors} ends a run whose data broke a promise.
 */
package org.stripeanalytics.quality;
