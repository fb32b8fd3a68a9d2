/**
 * Stripe's JSON into raw rows. {@link org.stripeanalytics.ingestion.ReadFiles} cuts files into
 * objects, {@link org.stripeanalytics.ingestion.IngestRecords} makes rows of them: a record is
 * parsed ({@code RecordParser}), brought into the shape of today's columns whatever API version
 * wrote it ({@code CurrentShape}), read column by column from the row class alone ({@code
 * RowReader}) and held to its contract ({@link org.stripeanalytics.quality.RowChecks}); of each
 * object and day the last version stays. Whatever fails by a named rule goes to {@code
 * ops.rejected_records} and can be ingested again.
 *
 * <p>What may be in a file: events, as a webhook or the API delivers them; plain objects; list
 * responses of either; rows of marketing spend. Events know the instant of every change, so each
 * makes a version of its day. A plain object shows only how it is when it is exported: {@code
 * --extractedOn} says of which day that is the end.
 */
package org.stripeanalytics.ingestion;
