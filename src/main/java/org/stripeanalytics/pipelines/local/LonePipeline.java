package org.stripeanalytics.pipelines.local;

import java.util.List;

/** A pipeline that another command runs, on the warehouse as it is. */
interface LonePipeline {
  /**
   * Reads arguments as a run would.
   *
   * @throws BadInput when the arguments cannot be used
   */
  void check(List<String> args);

  /** The result is an exit status. */
  int run(List<String> args);
}
