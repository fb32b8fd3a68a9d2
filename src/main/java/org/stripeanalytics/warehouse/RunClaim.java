package org.stripeanalytics.warehouse;

import java.io.Closeable;

/**
 * The right of one process to run what changes a warehouse, until it is given back. It ends with
 * the process at the latest.
 */
public interface RunClaim extends Closeable {
  @Override
  void close();
}
