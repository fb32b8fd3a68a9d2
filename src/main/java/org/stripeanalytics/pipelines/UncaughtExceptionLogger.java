package org.stripeanalytics.pipelines;

import org.slf4j.LoggerFactory;

/**
 * Sends what nobody caught to the log. Without it a pipeline that fails before the runner has taken
 * it leaves nothing behind where a launcher's output is not kept.
 */
final class UncaughtExceptionLogger {

  static void register() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            LoggerFactory.getLogger(UncaughtExceptionLogger.class)
                .error("failed in thread {}", thread.getName(), failure));
  }

  private UncaughtExceptionLogger() {}
}
