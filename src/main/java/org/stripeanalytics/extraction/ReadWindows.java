package org.stripeanalytics.extraction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads windows in several threads until none is left; what one leaves is halved and read too. */
final class ReadWindows {
  private final WindowReader reader;
  private final Deque<Task> waiting = new ArrayDeque<>();
  private int inFlight;
  private @Nullable Throwable failure;

  private record Task(Source source, Window window) {}

  ReadWindows(WindowReader reader) {
    this.reader = reader;
  }

  void add(Source source, Window window) {
    if (!window.isEmpty()) {
      waiting.add(new Task(source, window));
    }
  }

  /**
   * Reads everything that was added.
   *
   * @param threads how many windows are read at once
   * @throws ExtractionException the first failure; the other threads end with the page they are at
   */
  void run(int threads) throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker = new Thread(this::work, "extract-" + i);
      worker.setDaemon(true);
      worker.start();
      workers.add(worker);
    }
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } finally {
      workers.forEach(Thread::interrupt);
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    } else if (failure instanceof Error error) {
      throw error;
    } else if (failure != null) {
      throw new InterruptedException("the extraction was interrupted");
    }
  }

  private void work() {
    try {
      for (Task task = next(); task != null; task = next()) {
        Window left = reader.read(task.source(), task.window());
        done(task.source(), left);
      }
    } catch (Throwable e) {
      // The edge of the thread: whatever it is, it ends the run.
      fail(e);
    }
  }

  private synchronized @Nullable Task next() throws InterruptedException {
    while (failure == null && waiting.isEmpty() && inFlight > 0) {
      wait();
    }
    if (failure != null || waiting.isEmpty()) {
      return null;
    }
    inFlight++;
    return waiting.poll();
  }

  private synchronized void done(Source source, Window left) {
    add(source, left.newerHalf());
    add(source, left.olderHalf());
    inFlight--;
    notifyAll();
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }
}
