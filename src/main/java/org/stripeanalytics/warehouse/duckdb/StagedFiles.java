package org.stripeanalytics.warehouse.duckdb;

import java.util.List;

/**
 * What is staged of one table.
 *
 * @param rows how many rows were written into the files
 */
record StagedFiles(List<String> paths, long rows) {}
