/**
 * The warehouse in BigQuery. A layer is a dataset, with a prefix per environment; tables are made
 * from the contracts by our own client, so that descriptions, partitioning, clustering and keys are
 * theirs, and never by a load.
 *
 * <p><b>In.</b> Workers write rows to Avro files below {@code --tempLocation}, where they are
 * computed. When all are written, one step loads them, a job for each table, into staging tables in
 * the dataset {@code loads}, which expire after three days. It compares the rows that were sent
 * with those that arrived and submits one script: a transaction that, table by table, replaces what
 * the run owns. The id of each job is made of the run's id and time and of what the job does, so a
 * step that the runner repeats finds the job instead of repeating it.
 *
 * <p>Loads do not write into the tables themselves: a truncating load drops constraints, an empty
 * input leaves the old rows, and many tables cannot be replaced together. They are not BigQueryIO's
 * either: its load of one table has 95 steps and 11 shuffles, and a run has some fifty tables.
 *
 * <p><b>Out.</b> The Storage Read API, with the columns of the row class and the partitions of the
 * interval, and nothing else.
 *
 * <p>Opening the warehouse and building a graph on it make no request. Nothing here has been run
 * against BigQuery itself; what stands in for it, and what that proves, is in the README.
 */
package org.stripeanalytics.warehouse.bigquery;
