/**
 * Exports of other sources than Stripe into raw rows. No code names a source: a contract with the
 * key {@code source} ({@link org.stripeanalytics.contract.SourceMapping}) says what files of a
 * table are called and where its columns come from. {@link
 * org.stripeanalytics.ingestion.exports.ReadExports} cuts files into rows, {@link
 * org.stripeanalytics.ingestion.exports.ExportRows} makes rows of the tables of them.
 */
package org.stripeanalytics.ingestion.exports;
