package org.stripeanalytics.observability;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An endpoint on this machine that keeps what it is sent. */
public final class Listener implements AutoCloseable {
  private final HttpServer server;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  private final List<String> requests = new CopyOnWriteArrayList<>();

  private Listener(int status, Map<String, String> headers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          authorizations.addAll(
              exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
          heard.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          headers.forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  public static Listener answering(int status) throws IOException {
    return answering(status, Map.of());
  }

  public static Listener answering(int status, Map<String, String> headers) throws IOException {
    return new Listener(status, headers);
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<String> heard() {
    return List.copyOf(heard);
  }

  /** Methods and paths, in the order in which they came. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** What its visitors have shown at the door, in the order of their messages. */
  public List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
