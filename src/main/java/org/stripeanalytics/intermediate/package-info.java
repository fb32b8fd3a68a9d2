/**
 * The fold in a pipeline: {@link org.stripeanalytics.intermediate.ReadChanges} brings slim changes,
 * {@link org.stripeanalytics.intermediate.FoldCustomers} shuffles them by customer and has {@code
 * fold} make a timeline of each customer's. Every per-customer table is a function of that
 * timeline, written beside the table.
 */
package org.stripeanalytics.intermediate;
