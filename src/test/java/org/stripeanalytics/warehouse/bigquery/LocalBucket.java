package org.stripeanalytics.warehouse.bigquery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers on a port of this machine as much of Cloud Storage's JSON API as writing an object needs:
 * an upload is begun, and then brings all bytes at once.
 */
final class LocalBucket implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"|[?&]name=([^&]+)");

  private final HttpServer server;
  private final Map<String, String> objects = new TreeMap<>();

  private LocalBucket(HttpServer server) {
    this.server = server;
  }

  static LocalBucket start() throws IOException {
    LocalBucket bucket =
        new LocalBucket(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    bucket.server.createContext("/", bucket::handle);
    bucket.server.start();
    return bucket;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** What was written, by name. */
  synchronized Map<String, String> objects() {
    return new TreeMap<>(objects);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String query = exchange.getRequestURI().toString();
      switch (exchange.getRequestMethod()) {
        case "POST" -> {
          Matcher name = NAME.matcher(query + body);
          String found = !name.find() ? "" : name.group(1) == null ? name.group(2) : name.group(1);
          exchange
              .getResponseHeaders()
              .set("Location", endpoint() + "sessions/" + URLDecoder.decode(found, UTF_8));
          exchange.sendResponseHeaders(200, -1);
        }
        case "PUT" -> {
          String name = exchange.getRequestURI().getPath().substring("/sessions/".length());
          objects.put(name, body);
          byte[] answer =
              "{\"bucket\":\"a-bucket\",\"name\":\"%s\",\"generation\":\"1\",\"size\":\"%d\"}"
                  .formatted(name, body.getBytes(UTF_8).length)
                  .getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
        }
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
