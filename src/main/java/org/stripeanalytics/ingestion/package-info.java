/**
 * Stripe's JSON into raw rows. {@link org.stripeanalytics.ingestion.ReadFiles} cuts files into
 * objects, {@link org.stripeanalytics.ingestion.IngestRecords} makes rows of them, in two steps:
 *
 * <ol>
 *   <li>A record is parsed ({@code RecordParser}). The objects inside it are found ({@code
 *       NestedObjects}), and each is brought into the shape of today's columns whatever API version
 *       wrote it ({@code shapes}), read column by column from the row class alone ({@code
 *       RowReader}) and held to its contract ({@link org.stripeanalytics.quality.RowChecks}).
 *   <li>What was said of one object is put together ({@code ObjectVersions}): the last version of
 *       each day stays, and which one that is in a second, what the versions say decides ({@code
 *       ContentOrder}).
 * </ol>
 *
 * <p>Whatever fails by a named rule goes to {@code ops.rejected_records} and can be ingested again.
 * What costs no row but should be known, such as a value that Stripe has added, is a {@code
 * Notice}. What is in order and for no table is counted by name. Everything that was found is
 * accounted for ({@code DeliveryCounts}).
 *
 * <p>What may be in a file: events, as a webhook or the API delivers them; plain objects; list
 * responses of either; rows of marketing spend. Events know the instant of every change, so each
 * makes a version of its day. A plain object shows only how it is when it is exported: {@code
 * --extractedOn} says of which day that is the end.
 */
package org.stripeanalytics.ingestion;
