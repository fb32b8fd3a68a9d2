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
 * DuckDB opens a file for writing only while no other process has it open, and commands agree on
 * {@code <file>.lock} who does what:
 *
 * <ul>
 *   <li>A command that changes the warehouse claims it ({@link
 *       org.stripeanalytics.warehouse.duckdb.WarehouseClaim}) from its first look to its last
 *       write. A second one is refused at once, with the number of the process. So no run replaces
 *       rows that another has published meanwhile, and a restore waits for nobody's commit.
 *   <li>While nobody has claimed it, readers open the file itself, and a command that wants to
 *       begin waits for them for up to half a minute.
 *   <li>While somebody has, each reader copies the file and its log and reads the copy ({@link
 *       org.stripeanalytics.warehouse.duckdb.SharedRead}). A run is never disturbed: only its
 *       commits and checkpoints wait until a copy is made. 280 MB, a warehouse of 20,000 customers,
 *       took 1.5 s on a machine whose two cores were shared by forty other processes.
 *   <li>A tool that knows nothing of the lock, such as DuckDB's own shell, is waited for: for five
 *       seconds at the start of a command, half a minute in a run.
 * </ul>
 *
 * <p>The system releases the lock when a process dies. What a killed command has left beside the
 * file (staged rows, copies, half a restore) is removed by the next one that claims the warehouse;
 * a half-built warehouse stays as long as {@code run-local --resume} can go on with it.
 */
package org.stripeanalytics.warehouse.duckdb;
