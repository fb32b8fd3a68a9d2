/**
 * The live marts of the pipeline {@code stream}, minutes ahead of the next micro-batch, and its
 * tables: {@code streaming.streamed_events}, {@code streamed_mrr}, {@code streamed_payments} and
 * {@code streamed_funnel}. Everything here is unbounded.
 *
 * <ol>
 *   <li>{@link org.stripeanalytics.streaming.TakeOnce} lets an event through once, and not at all
 *       when it is too late;
 *   <li>{@link org.stripeanalytics.ingestion.FollowRecords} makes the rows of raw tables of it;
 *   <li>{@link org.stripeanalytics.streaming.MakeChanges} and {@link
 *       org.stripeanalytics.streaming.FollowOwners} bring each to its customer;
 *   <li>{@link org.stripeanalytics.streaming.FollowCustomers} folds the customer's open months
 *       again, with the fold of the pipeline {@code transform}, and emits what that changes;
 *   <li>{@link org.stripeanalytics.streaming.SumByMonth} sums it in windows that are calendar
 *       months, and {@link org.stripeanalytics.streaming.MakeLiveRows} makes a row of each state of
 *       a sum.
 * </ol>
 *
 * The tables are the pipeline's own. BigQuery refuses to delete what was streamed into a table
 * within the last half hour, which a publication has to do, so no table belongs to both.
 */
package org.stripeanalytics.streaming;
