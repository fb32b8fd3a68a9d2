package org.stripeanalytics.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.ByteStreams;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * {@link WebhookEndpoint} on a port: {@code POST /} takes webhooks and {@code GET /health} says
 * that it does. Closing it takes no more, and waits for what it has taken.
 */
public final class WebhookServer implements AutoCloseable {
  /** As many deliveries can share one write to the disk. */
  private static final int THREADS = 64;

  private static final int BACKLOG = 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What is read of a body that is too large, so that its sender gets to hear so. */
  private static final int MOST_DRAINED = 16 << 20;

  private final HttpServer http;
  private final ExecutorService threads;
  private final WebhookEndpoint endpoint;
  private final Consumer<String> accessLog;
  private final Clock clock;

  /** Held for reading by every request, and for good by whoever closes the server. */
  private final ReadWriteLock open = new ReentrantReadWriteLock();

  private volatile boolean stopping;

  private WebhookServer(
      HttpServer http, WebhookEndpoint endpoint, Consumer<String> accessLog, Clock clock) {
    this.http = http;
    this.endpoint = endpoint;
    this.accessLog = accessLog;
    this.clock = clock;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "webhooks");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to listen.
   *
   * @param address port 0 takes one that is free
   * @param accessLog takes a line for every webhook: when, what, the answer and how long it took,
   *     and nothing of the body but its id and type
   * @throws IOException when the address cannot be had
   */
  public static WebhookServer start(
      WebhookEndpoint endpoint, InetSocketAddress address, Consumer<String> accessLog, Clock clock)
      throws IOException {
    WebhookServer server =
        new WebhookServer(HttpServer.create(address, BACKLOG), endpoint, accessLog, clock);
    server.http.createContext("/", server::answer);
    server.http.setExecutor(server.threads);
    server.http.start();
    return server;
  }

  /** Where it listens. */
  public URI base() {
    InetSocketAddress address = http.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (stopping || !open.readLock().tryLock()) {
        send(exchange, 503, "stopping");
        return;
      }
      try {
        route(exchange);
      } finally {
        open.readLock().unlock();
      }
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (path.equals("/health")) {
      boolean isGet = method.equals("GET");
      send(exchange, isGet ? 200 : 405, isGet ? "ok" : "GET only");
    } else if (!path.equals("/")) {
      send(exchange, 404, "webhooks are taken at /");
    } else if (!method.equals("POST")) {
      send(exchange, 405, "POST only");
    } else {
      take(exchange);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    long startedAt = System.nanoTime();
    byte[] body = body(exchange.getRequestBody());
    WebhookEndpoint.Answer answer =
        body == null
            ? WebhookEndpoint.Answer.TOO_LARGE
            : endpoint.answer(exchange.getRequestHeaders().getFirst("Stripe-Signature"), body);
    // Why it cannot be stored is a matter of this machine.
    send(exchange, answer.status(), answer.status() == 503 ? "try later" : answer.message());
    accessLog.accept(line(answer, (System.nanoTime() - startedAt) / 1_000_000));
  }

  /** Null if it is too large. */
  private static byte @Nullable [] body(InputStream request) throws IOException {
    byte[] body = request.readNBytes(WebhookEndpoint.MOST_BYTES + 1);
    if (body.length <= WebhookEndpoint.MOST_BYTES) {
      return body;
    }
    ByteStreams.exhaust(ByteStreams.limit(request, MOST_DRAINED));
    return null;
  }

  private String line(WebhookEndpoint.Answer answer, long millis) {
    Notification notification = answer.notification();
    return "%s %d %s %d ms%s"
        .formatted(
            clock.instant(),
            answer.status(),
            notification == null ? "-" : word(notification.id()) + " " + word(notification.type()),
            millis,
            answer.message().isEmpty() ? "" : ": " + answer.message());
  }

  /** Whatever a sender calls an event, it is one word of one line. */
  private static String word(String text) {
    return text.isEmpty() ? "-" : text.replaceAll("[^!-~]", "?");
  }

  private static void send(HttpExchange exchange, int status, String message) throws IOException {
    if (message.isEmpty()) {
      // One packet: a head and a body that are sent apart may wait 40 ms for each other.
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    byte[] bytes = (message + "\n").getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  /** Whether it has begun to stop, from when on it takes no more. */
  boolean isStopping() {
    return stopping;
  }

  @Override
  public void close() {
    if (stopping) {
      return;
    }
    stopping = true;
    try {
      boolean idle = open.writeLock().tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!idle) {
        accessLog.accept("stopping although some webhooks are not stored yet; none was accepted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.stop(0);
    threads.shutdownNow();
  }
}
