package org.stripeanalytics.pipelines.local;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.stripeanalytics.pipelines.Manifest;
import org.stripeanalytics.pipelines.Terminal;

/**
 * Runs tasks, each when those it waits for are done, as many at a time as allowed. A task that
 * fails is tried again as its manifest says, unless the reason is one that another attempt would
 * meet too. When a task has failed for good no other is started, and those that run come to their
 * end.
 */
final class RunTasks {
  /** What a task does. */
  interface Work {
    void run(LocalTask task) throws Exception;
  }

  /** How a wait passes. */
  interface Pause {
    Pause REAL = TimeUnit.SECONDS::sleep;

    void seconds(long seconds) throws InterruptedException;
  }

  private final Map<String, Manifest> manifests;
  private final int parallel;
  private final Pause pause;
  private final Terminal terminal;

  RunTasks(Map<String, Manifest> manifests, int parallel, Pause pause, Terminal terminal) {
    this.manifests = manifests;
    this.parallel = parallel;
    this.pause = pause;
    this.terminal = terminal;
  }

  /**
   * @param graph tasks, and those that each waits for
   * @param alreadyDone tasks that are left out, by name
   * @param whenDone is told of each task that is done, one at a time
   * @throws Exception what the first task that failed for good has thrown
   */
  void run(
      Map<LocalTask, ImmutableSet<LocalTask>> graph,
      Set<String> alreadyDone,
      Work work,
      Consumer<LocalTask> whenDone)
      throws Exception {
    Set<LocalTask> waiting = new LinkedHashSet<>(graph.keySet());
    Set<LocalTask> done = new LinkedHashSet<>();
    graph.keySet().stream().filter(task -> alreadyDone.contains(task.name())).forEach(done::add);
    waiting.removeAll(done);
    ExecutorService threads = Executors.newFixedThreadPool(parallel, RunTasks::daemon);
    CompletionService<LocalTask> running = new ExecutorCompletionService<>(threads);
    Throwable failure = null;
    int started = 0;
    try {
      while (true) {
        while (failure == null && started < parallel) {
          Optional<LocalTask> next =
              waiting.stream().filter(task -> done.containsAll(graph.get(task))).findFirst();
          if (next.isEmpty()) {
            break;
          }
          waiting.remove(next.get());
          Future<LocalTask> unused = running.submit(() -> attempt(next.get(), work));
          started++;
        }
        if (started == 0) {
          break;
        }
        try {
          LocalTask ended = running.take().get();
          done.add(ended);
          whenDone.accept(ended);
        } catch (ExecutionException e) {
          if (failure == null) {
            failure = e.getCause();
          } else {
            failure.addSuppressed(e.getCause());
          }
        }
        started--;
      }
    } finally {
      threads.shutdownNow();
    }
    if (failure != null) {
      Throwables.throwIfInstanceOf(failure, Exception.class);
      Throwables.throwIfUnchecked(failure);
      throw new IllegalStateException(failure);
    }
  }

  private LocalTask attempt(LocalTask task, Work work) throws Exception {
    Manifest.Retries retries = manifests.get(task.pipeline()).retries();
    for (int attempt = 1; ; attempt++) {
      try {
        work.run(task);
        return task;
      } catch (Exception e) {
        // Whatever a task fails with may have passed by the next attempt; the last is thrown on.
        if (attempt >= retries.attempts() || !isWorthAnotherAttempt(e)) {
          throw e;
        }
        int wait = retries.backoffSecondsAfter(attempt);
        terminal.say(
            "%s failed, attempt %d of %d; again in %d s: %s"
                .formatted(
                    task.name(), attempt, retries.attempts(), wait, Throwables.getRootCause(e)));
        pause.seconds(wait);
      }
    }
  }

  /** What can be explained will be the same again: input, data, a full disk, too little memory. */
  private static boolean isWorthAnotherAttempt(Exception e) {
    return ExpectedFailure.of(e).isEmpty()
        && Throwables.getCausalChain(e).stream().noneMatch(InterruptedException.class::isInstance);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "task");
    thread.setDaemon(true);
    return thread;
  }
}
