/**
 * The warehouse in one DuckDB file.
 *
 * <p><b>In.</b> Every bundle writes its rows to a file of newline-delimited JSON beside the
 * database, compressed with zstd; one element behind all of them reads the files with {@code
 * read_json} and explicit column types into the tables, in one transaction. Other ways were
 * measured with {@code LoadPathBenchmark}: one million invoices with one or two nested lines, 1.8
 * kB of JSON each, from building the rows to the commit, on a machine with 2 cores and 1 GB of
 * heap; medians of three fresh JVMs, one for the Appender.
 *
 * <table>
 *   <caption>One million invoices</caption>
 *   <tr><th>way</th><th>rows/s</th><th>staged</th></tr>
 *   <tr><td>zstd NDJSON, two writers</td><td>128,000</td><td>120 MB</td></tr>
 *   <tr><td>plain NDJSON, two writers</td><td>115,000</td><td>1,815 MB</td></tr>
 *   <tr><td>one Appender inside the transaction</td><td>33,000</td><td>none</td></tr>
 *   <tr><td>zstd NDJSON through embedded Flink, its start included</td><td>70,000</td><td>120 MB</td></tr>
 * </table>
 *
 * Staging and publishing take half of the time each; building the rows takes a tenth. Parquet was
 * not measured here: its writer brings Hadoop along.
 *
 * <p><b>Out.</b> A table is read in ranges of row ids, whole row groups each, through DuckDB's
 * Arrow export: 310,000 such invoices/s with two readers.
 *
 * <p><b>The file.</b> A full run builds beside it and renames ({@link
 * org.stripeanalytics.warehouse.duckdb.WarehouseReplacement}); an interval is published in place.
 * While a process writes no other can open the file, otherwise any number can read it.
 */
package org.stripeanalytics.warehouse.duckdb;
