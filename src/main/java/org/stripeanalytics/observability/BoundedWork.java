package org.stripeanalytics.observability;

import com.google.common.base.Throwables;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.observability.secrets.SecretUnavailableException;

/** Work for people who watch, which never holds a run up for long and never makes it fail. */
final class BoundedWork {

  /** What is worth trying. */
  interface Work {
    void run() throws Exception;
  }

  /**
   * Does it, or gives up.
   *
   * @param name of the thread
   * @return why it was not done; null if it was
   */
  static @Nullable String run(String name, Duration patience, Work work) {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            runnable -> {
              Thread daemon = new Thread(runnable, name);
              daemon.setDaemon(true);
              return daemon;
            });
    try {
      Future<?> done =
          thread.submit(
              () -> {
                work.run();
                return null;
              });
      done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return null;
    } catch (TimeoutException e) {
      return "no answer within " + patience.toSeconds() + " s";
    } catch (ExecutionException e) {
      return Throwables.getCausalChain(e).stream()
          .filter(BoundedWork::isFitForALog)
          .map(Throwable::getMessage)
          .findFirst()
          // Only its kind: any other message may hold an address that is a secret.
          .orElseGet(() -> Throwables.getRootCause(e).getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the run was interrupted";
    } finally {
      thread.shutdownNow();
    }
  }

  private static boolean isFitForALog(Throwable cause) {
    return cause instanceof SecretUnavailableException || cause instanceof UndeliveredException;
  }

  private BoundedWork() {}
}
