/**
 * One fold per customer. {@link org.stripeanalytics.intermediate.ReadChanges} brings slim changes,
 * {@link org.stripeanalytics.intermediate.FoldCustomers} shuffles them by customer and folds each
 * customer's in plain Java ({@code CustomerFold}) into a {@link
 * org.stripeanalytics.intermediate.CustomerTimeline}; every per-customer table is a function of
 * that timeline, written beside the table.
 */
package org.stripeanalytics.intermediate;
