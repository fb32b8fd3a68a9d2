package org.stripeanalytics.pipelines;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The log of this process. Its form is chosen in {@code logback.xml}. */
final class Log {

  /**
   * Says on every line from now on which pipeline and run it is of. Where another library than ours
   * takes the log, as on Dataflow's workers, that is said by the labels of the job.
   */
  static void identify(String pipeline, String runId) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.putProperty("pipeline", pipeline);
      context.putProperty("run_id", runId);
    }
  }

  private Log() {}
}
