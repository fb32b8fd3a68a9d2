/**
 * Tools for end-of-day versions in a pipeline: the newest of each object, the mode that is kept,
 * keys. The layer itself is views of the warehouse: {@link
 * org.stripeanalytics.contract.StagingView}.
 */
package org.stripeanalytics.staging;
