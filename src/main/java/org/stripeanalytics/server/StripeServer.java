package org.stripeanalytics.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** {@link StripeApi} on a port. Closing it ends its threads. */
public final class StripeServer implements AutoCloseable {
  private static final int THREADS = 16;
  private static final int BACKLOG = 100;

  private final HttpServer http;
  private final ExecutorService threads;
  private final AtomicLong requests = new AtomicLong();

  private StripeServer(HttpServer http, ExecutorService threads) {
    this.http = http;
    this.threads = threads;
  }

  /**
   * Starts to listen.
   *
   * @param address port 0 takes one that is free
   * @throws IOException when the address cannot be had
   */
  public static StripeServer start(StripeApi api, InetSocketAddress address) throws IOException {
    HttpServer http = HttpServer.create(address, BACKLOG);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "stripe-server");
              thread.setDaemon(true);
              return thread;
            });
    StripeServer server = new StripeServer(http, threads);
    http.createContext("/", exchange -> server.answer(api, exchange));
    http.setExecutor(threads);
    http.start();
    return server;
  }

  /** Where it listens. */
  public URI base() {
    InetSocketAddress address = http.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort()));
  }

  private void answer(StripeApi api, HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      ApiAnswer answer =
          api.answer(
              new ApiRequest(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  exchange.getRequestURI().getRawQuery(),
                  exchange.getRequestHeaders().getFirst("Authorization")));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Request-Id", "req_" + requests.incrementAndGet());
      String version = exchange.getRequestHeaders().getFirst("Stripe-Version");
      if (version != null) {
        exchange.getResponseHeaders().set("Stripe-Version", version);
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(answer.body());
      }
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
