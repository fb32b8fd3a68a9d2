package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.extraction.Pause;
import org.stripeanalytics.synthesis.AccountContents.HeldEvent;
import org.stripeanalytics.webhooks.WebhookSender;

/**
 * Sends events at the times at which they happened, in a time that runs faster than ours. Several
 * senders take them in their order. What is not accepted is sent again after a while, as Stripe
 * does, only that its hours are seconds here; after the last attempt nothing more is sent.
 */
final class Deliveries {
  private static final ImmutableList<Duration> BACKOFF =
      ImmutableList.of(
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8));
  private static final double NANOS = 1e9;

  private final WebhookSender sender;
  private final Pause pause;
  private final double speed;
  private final int inFlight;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final AtomicReference<String> givenUp = new AtomicReference<>();

  /**
   * @param repeated attempts that were not the last of their event
   * @param givenUp the first event that was never accepted, and why
   */
  record Sent(int accepted, int repeated, Optional<String> givenUp) {}

  /**
   * @param speed simulated seconds per second
   */
  Deliveries(WebhookSender sender, Pause pause, double speed, int inFlight) {
    this.sender = sender;
    this.pause = pause;
    this.speed = speed;
    this.inFlight = inFlight;
  }

  /**
   * Sends events, and returns when all are accepted or one is given up.
   *
   * @param events in the order in which they happened
   */
  Sent send(List<HeldEvent> events) throws InterruptedException {
    long startedAt = System.nanoTime();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < Math.min(inFlight, events.size()); i++) {
      Thread thread = new Thread(() -> sendInTurn(events, startedAt), "deliveries");
      thread.setDaemon(true);
      thread.start();
      senders.add(thread);
    }
    for (Thread thread : senders) {
      thread.join();
    }
    return new Sent(accepted.get(), repeated.get(), Optional.ofNullable(givenUp.get()));
  }

  private void sendInTurn(List<HeldEvent> events, long startedAt) {
    try {
      for (int i = next.getAndIncrement();
          i < events.size() && givenUp.get() == null;
          i = next.getAndIncrement()) {
        HeldEvent event = events.get(i);
        Duration since = Duration.between(events.get(0).created(), event.created());
        long due = startedAt + (long) (since.toMillis() / 1e3 / speed * NANOS);
        long wait = due - System.nanoTime();
        if (wait > 0) {
          pause.of(Duration.ofNanos(wait));
        }
        send(event);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(HeldEvent event) throws InterruptedException {
    for (int attempt = 0; givenUp.get() == null; attempt++) {
      String answer = attempt(event);
      if (answer == null) {
        accepted.incrementAndGet();
        return;
      }
      if (attempt == BACKOFF.size()) {
        givenUp.compareAndSet(
            null, "%s, which was sent %d times: %s".formatted(event.id(), attempt + 1, answer));
        return;
      }
      repeated.incrementAndGet();
      pause.of(BACKOFF.get(attempt));
    }
  }

  /** Null if it was accepted, otherwise what was answered. */
  private @Nullable String attempt(HeldEvent event) throws InterruptedException {
    try {
      WebhookSender.Answer answer = sender.send(event.json());
      return answer.accepted() ? null : "%d %s".formatted(answer.status(), answer.message());
    } catch (IOException e) {
      // Nobody there, or nobody who answers: as good as a refusal.
      return "no answer (%s)".formatted(e);
    }
  }
}
