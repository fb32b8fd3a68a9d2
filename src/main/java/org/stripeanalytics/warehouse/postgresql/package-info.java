/**
 * The warehouse in a PostgreSQL database, behind the port of {@link
 * org.stripeanalytics.warehouse.Warehouse}.
 *
 * <p>Workers send rows by COPY to unlogged staging tables, each batch under a number of its own;
 * one transaction publishes what was reported of them, under an advisory lock. Tables with a
 * partition column have a partition per month, made before that, empty: rows that were in it
 * already would show to a reader whose query began before the publication, and only those of some
 * tables. The first load of a table of documents is the exception ({@link
 * org.stripeanalytics.warehouse.postgresql.StagedMonths}). Records and lists are JSONB. There are
 * no primary keys and no indexes: a publication keeps keys unique by what it deletes, and reads are
 * of whole tables or months.
 */
package org.stripeanalytics.warehouse.postgresql;
