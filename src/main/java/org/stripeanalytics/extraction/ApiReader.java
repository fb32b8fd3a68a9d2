package org.stripeanalytics.extraction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads pages of lists, at the agreed pace, and again where it failed for reasons that pass. Every
 * other refusal is an {@link ExtractionException} that says what was refused and why. For any
 * number of threads.
 */
final class ApiReader {
  static final int MOST_TRIES = 8;

  /** Before anything was ever answered, the address is more likely wrong than the network down. */
  private static final int FIRST_TRIES = 3;

  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long LONGEST_WAIT_MILLIS = 32_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StripeTransport transport;
  private final RequestPace pace;
  private final Pause pause;
  private final DoubleSupplier jitter;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private volatile boolean answered;

  ApiReader(StripeTransport transport, RequestPace pace, Pause pause) {
    this(transport, pace, pause, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * @param jitter from 0 to 1, by which a wait is shortened so that not all come back at once
   */
  ApiReader(StripeTransport transport, RequestPace pace, Pause pause, DoubleSupplier jitter) {
    this.transport = transport;
    this.pace = pace;
    this.pause = pause;
    this.jitter = jitter;
  }

  /** How many requests were sent. */
  long reads() {
    return reads.get();
  }

  /** How many of them repeated one that had failed. */
  long retries() {
    return retries.get();
  }

  /**
   * Reads one page.
   *
   * @param path with its parameters
   */
  ListPage page(String path) throws InterruptedException {
    String body = get(path);
    try {
      return ListPage.parse(body);
    } catch (IOException e) {
      throw new ExtractionException(
          "GET " + path + " was not answered with a list: " + firstLine(e.getMessage()));
    }
  }

  private String get(String path) throws InterruptedException {
    String failure = "";
    for (int tries = 1; ; tries++) {
      pause.of(pace.take(endpoint(path)));
      reads.incrementAndGet();
      Optional<Duration> asked = Optional.empty();
      try {
        StripeTransport.Reply reply = transport.get(path);
        answered = true;
        if (reply.status() == 200) {
          return reply.body();
        }
        if (!passes(reply)) {
          throw refused(path, reply);
        }
        failure = reply.status() + " " + message(reply.body());
        asked = reply.retryAfter();
      } catch (IOException e) {
        failure = firstLine(e.getMessage());
      }
      if (tries == (answered ? MOST_TRIES : FIRST_TRIES)) {
        throw new ExtractionException(
            "GET %s failed %d times, the last time with: %s".formatted(path, tries, failure));
      }
      retries.incrementAndGet();
      pause.of(wait(tries, asked));
    }
  }

  /** Full jitter over a doubling wait, and never less than what was asked for. */
  private Duration wait(int tries, Optional<Duration> asked) {
    long longest = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << (tries - 1));
    Duration own = Duration.ofMillis(Math.round(longest * jitter.getAsDouble()));
    return asked.map(least -> least.plus(own)).orElse(own);
  }

  private static boolean passes(StripeTransport.Reply reply) {
    return reply
        .shouldRetry()
        .orElse(reply.status() == 409 || reply.status() == 429 || reply.status() >= 500);
  }

  private static ExtractionException refused(String path, StripeTransport.Reply reply) {
    String advice =
        reply.status() == 403
            ? ObjectType.ofList(endpoint(path))
                .map(
                    type ->
                        "; give the key that permission, or leave the type out with --without="
                            + type.id())
                .orElse("; give the key that permission")
            : "";
    return new ExtractionException(
        "GET %s was refused with %d: %s%s"
            .formatted(
                reply.status() == 400 ? path : path.replaceFirst("\\?.*", ""),
                reply.status(),
                message(reply.body()),
                advice),
        reply.status(),
        error(reply.body()).path("code").asText());
  }

  private static String message(String body) {
    String message = error(body).path("message").asText();
    return message.isEmpty() ? "no reason given" : firstLine(message);
  }

  private static JsonNode error(String body) {
    try {
      return JSON.readTree(body).path("error");
    } catch (IOException e) {
      // A proxy's page, perhaps; its status is all that it says.
      return JSON.missingNode();
    }
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "no reason given" : text.lines().findFirst().orElse("no reason given");
  }

  /** What has a limit of its own: the path without parameters and ids. */
  static String endpoint(String path) {
    List<String> parts =
        Splitter.on('/').omitEmptyStrings().splitToList(path.replaceFirst("\\?.*", ""));
    return parts.size() > 2
        ? parts.get(1) + "/ID/" + parts.get(parts.size() - 1)
        : parts.get(parts.size() - 1);
  }
}
