package org.stripeanalytics.warehouse;

import java.io.Closeable;
import java.time.Duration;

/**
 * The right to run what changes a warehouse, until it is given back. It ends soon after its process
 * at the latest, unless it was left to a job.
 */
public interface RunClaim extends Closeable {

  /**
   * Says that the run goes on after this process. Where claims live in the warehouse, it is the
   * job's until the job has ended; others end with the process all the same.
   *
   * @param atMost after which the claim ends, whatever has become of the job
   */
  default void leaveTo(RunningJob job, Duration atMost) {}

  @Override
  void close();
}
