package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.TableReference;
import java.util.Optional;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.model.DataInterval;

/**
 * A table's rows as a run has staged them.
 *
 * @param bytes logical bytes of the staging table
 * @param days the days that occur in a partitioned table's rows, if there are any rows
 */
record StagedTable(
    Contract contract,
    TableReference location,
    long rows,
    long bytes,
    Optional<DataInterval> days) {}
