package org.stripeanalytics.warehouse;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;

/**
 * Where the tables are. Pipelines read, load and publish through this port and do not know which
 * warehouse is behind it; every adapter passes the same contract test.
 */
public interface Warehouse extends Serializable {

  /** Creates every layer and table that is missing, from the contracts. Leaves the others alone. */
  void createTables();

  /**
   * Reads the rows of a table, in parallel, in no particular order. Bounded; elements are in the
   * global window with the minimum timestamp.
   */
  <T> PTransform<PBegin, PCollection<T>> read(TableRead<T> read);

  /**
   * What one run is going to publish: loads are staged beside the tables and become visible
   * together or not at all.
   *
   * @param runId names the staging area; letters, digits, {@code -} and {@code _}
   * @param interval what the run owns in tables owned by interval
   * @param ingestedAt stamped on every row as {@code _ingested_at}
   */
  Publication publication(String runId, DataInterval interval, Instant ingestedAt);

  /**
   * How a stored table differs from its contract, in words, one difference each; empty if its
   * columns and their types are those of the contract.
   */
  List<String> differences(WarehouseTable<?> table);

  /** Runs one read-only statement and returns its whole answer: for people, tests and checks. */
  QueryResult query(String sql);
}
