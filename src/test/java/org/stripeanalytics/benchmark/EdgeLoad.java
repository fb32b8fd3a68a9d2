package org.stripeanalytics.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.webhooks.WebhookSender;

/**
 * Sends webhooks to an edge at a fixed rate and prints how long they waited for their 200: from the
 * moment at which each was due, so one that had to wait for a connection has waited too. The first
 * quarter warms both sides up and does not count. {@code scripts/benchmark/edge} starts it.
 */
final class EdgeLoad {
  private static final int SENDERS = 48;
  private static final double NANOS = 1e9;

  private final WebhookSender sender;
  private final int events;
  private final double rate;
  private final String padding;
  private final long[] latencies;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  private EdgeLoad(WebhookSender sender, int events, double rate, int bytes) {
    this.sender = sender;
    this.events = events;
    this.rate = rate;
    this.padding = "x".repeat(bytes);
    this.latencies = new long[events];
  }

  public static void main(String[] args) throws InterruptedException {
    Arguments given = Arguments.parse(List.of(args));
    given.allowOnly(ImmutableSet.of("to", "events", "rate", "bytes"));
    EdgeLoad load =
        new EdgeLoad(
            new WebhookSender(
                URI.create(given.option("to").orElseThrow()),
                Secret.of(System.getenv("EDGE_SECRET")),
                Clock.systemUTC()),
            Integer.parseInt(given.option("events").orElse("20000")),
            Double.parseDouble(given.option("rate").orElse("1000")),
            Integer.parseInt(given.option("bytes").orElse("3000")));
    Terminal.ofProcess().answer(load.run());
  }

  private String run() throws InterruptedException {
    long start = System.nanoTime();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      Thread thread = new Thread(() -> send(start), "sender");
      thread.start();
      senders.add(thread);
    }
    for (Thread thread : senders) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / NANOS;
    long[] counted = Arrays.copyOfRange(latencies, events / 4, events);
    Arrays.sort(counted);
    return String.format(
        Locale.ROOT,
        "%,d webhooks of %,d bytes at %,.0f a second: %,.0f accepted a second, P50 %.1f ms,"
            + " P99 %.1f ms, most %.1f ms, %d not accepted%n",
        events,
        padding.length(),
        rate,
        (events - refused.get()) / seconds,
        millis(counted, 0.5),
        millis(counted, 0.99),
        millis(counted, 1),
        refused.get());
  }

  private void send(long start) {
    for (int i = next.getAndIncrement(); i < events; i = next.getAndIncrement()) {
      long due = start + (long) (i / rate * NANOS);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      byte[] body =
          "{\"id\":\"evt_%d\",\"type\":\"customer.updated\",\"text\":\"%s\"}"
              .formatted(i, padding)
              .getBytes(UTF_8);
      try {
        if (!sender.send(body).accepted()) {
          refused.incrementAndGet();
        }
      } catch (IOException e) {
        // Counted, and the others go on.
        refused.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      latencies[i] = System.nanoTime() - due;
    }
  }

  private static double millis(long[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(quantile * sorted.length) - 1)] / 1e6;
  }
}
