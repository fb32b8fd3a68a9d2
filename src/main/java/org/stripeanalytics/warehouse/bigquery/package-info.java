/**
 * The warehouse in BigQuery. A layer is a dataset, with a prefix per environment; tables are made
 * from the contracts by our own client, so that descriptions, partitioning, clustering and keys are
 * theirs, and never by a load.
 *
 * <p><b>In.</b> A run loads each of its tables once, by Beam's FILE_LOADS of Avro files, into a
 * staging table of its own in the dataset {@code loads}, whose tables expire after three days.
 * Behind all loads one step compares the rows that were sent with those that the staging tables
 * hold and submits one script: a transaction that, table by table, replaces what the run owns. The
 * job's id is made of the run's id and time and the script, so a step that the runner repeats finds
 * the job instead of repeating it.
 *
 * <p>Loads do not write into the tables themselves, because that does not work: a truncating load
 * drops constraints, an empty input starts no job and leaves the old rows, job ids cannot be
 * chosen, and many tables cannot be replaced together.
 *
 * <p><b>Out.</b> The Storage Read API, with the columns of the row class and the partitions of the
 * interval, and nothing else.
 *
 * <p>Opening the warehouse and building a graph on it make no request. Nothing here has been run
 * against BigQuery itself; what stands in for it, and what that proves, is in the README.
 */
package org.stripeanalytics.warehouse.bigquery;
