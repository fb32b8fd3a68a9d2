package org.stripeanalytics.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Keeps deliveries in a landing, from which {@code ingest} reads them as they are: files {@code
 * DAY/webhooks-TIME-….ndjson} with two records for each, a line that says what is known of the
 * delivery ({@code "object":"webhook_delivery"}) and the body.
 *
 * <p>One thread writes. What arrives while it waits for the disk goes into the next file together,
 * so the rate of deliveries is not bound to the rate at which the disk can make files durable.
 */
public final class LandingStore implements DeliveryStore {
  /** About the most that one file holds; the queue is never longer than there are requests. */
  private static final int MOST_BYTES = 32 << 20;

  private static final Waiting END = new Waiting(null, new CompletableFuture<>());

  private final LandingFiles files;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Thread writer;

  private record Waiting(Delivery delivery, CompletableFuture<Void> stored) {}

  private LandingStore(LandingFiles files) {
    this.files = files;
    this.writer = new Thread(this::write, "webhooks-landing");
  }

  /**
   * Begins to keep deliveries.
   *
   * @param landing a directory, made if it is not there
   * @throws IOException when it cannot be written to, or another process writes webhooks to it
   */
  public static LandingStore open(Path landing, Clock clock) throws IOException {
    LandingStore store = new LandingStore(LandingFiles.open(landing, clock));
    store.writer.start();
    return store;
  }

  @Override
  public CompletableFuture<Void> store(Delivery delivery) {
    Waiting waiting = new Waiting(delivery, new CompletableFuture<>());
    queue.add(waiting);
    return waiting.stored();
  }

  private void write() {
    try (files) {
      List<Waiting> group = new ArrayList<>();
      boolean ended = false;
      while (!ended) {
        ended = !next(group);
        store(group);
        group.clear();
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it but the end of the process.
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a delivery and takes all that are there; false if there will be no more. */
  private boolean next(List<Waiting> group) throws InterruptedException {
    long bytes = 0;
    for (Waiting next = queue.take();
        next != null;
        next = bytes < MOST_BYTES ? queue.poll() : null) {
      if (next == END) {
        return false;
      }
      group.add(next);
      bytes += next.delivery().body().length;
    }
    return true;
  }

  private void store(List<Waiting> group) {
    if (group.isEmpty()) {
      return;
    }
    try {
      files.write(group.get(0).delivery().receivedAt(), content(group));
    } catch (IOException | RuntimeException e) {
      // Whatever it is, those who wait have to know that nothing of theirs is stored.
      group.forEach(waiting -> waiting.stored().completeExceptionally(e));
      return;
    }
    group.forEach(waiting -> waiting.stored().complete(null));
  }

  private static byte[] content(List<Waiting> group) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (Waiting waiting : group) {
      content.writeBytes(waiting.delivery().line().getBytes(UTF_8));
      content.write('\n');
      content.writeBytes(waiting.delivery().body());
      content.write('\n');
    }
    return content.toByteArray();
  }

  @Override
  public void close() {
    queue.add(END);
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
