package org.stripeanalytics.warehouse;

import java.io.IOException;
import java.util.Optional;

/**
 * Takes one table's rows of one bundle. What it has taken counts once {@link #finish} has said
 * where it is; a bundle that is tried again leaves what its first try wrote unmentioned.
 */
public interface StagingBatch<T> {

  /**
   * Adds a row.
   *
   * @throws IllegalStateException when the run does not own it: a second run would not replace it
   */
  void write(T row) throws IOException;

  /** Ends the batch and says where it is; nothing where there was no row. Another may follow. */
  Optional<StagedRows> finish() throws IOException;

  /** Forgets what was written since the last batch ended. Another may follow. */
  void close() throws IOException;
}
