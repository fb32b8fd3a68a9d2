package org.stripeanalytics.observability;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineageClientUtils;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.observability.secrets.SecretReference;
import org.stripeanalytics.observability.secrets.SecretStores;

/**
 * Where lineage events go: {@code none}, {@code file:PATH}, which gains a line of JSON per event,
 * or the address of an OpenLineage collector. An event is delivered when its line is in the file or
 * the collector has answered its POST with a 2xx. One that is not is lost: it is named in a
 * warning, and holds the run up for no longer than {@link #PATIENCE}.
 *
 * <p>OpenLineage's own transports are not used. Version 1.55.0 returns normally when a redirect has
 * turned the POST into a GET and when a file cannot be written, and waits for as long as a {@code
 * Retry-After} says.
 *
 * @param key the API key that the collector asks for; null if it asks for none. It is fetched where
 *     an event is sent, of which a run has two, and sent with it
 */
public record LineageChannel(String target, @Nullable SecretReference key) implements Serializable {
  public static final String NONE = "none";
  public static final String FILE = "file:";

  /** Where collectors take events; used for an address without a path. */
  private static final String COLLECTOR_PATH = "/api/v1/lineage";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(LineageChannel.class);

  /** A file, nowhere, or a collector that lets everybody in. */
  public LineageChannel(String target) {
    this(target, null);
  }

  /** Whether anything is told at all. */
  public boolean isOpen() {
    return !target.equals(NONE);
  }

  /**
   * Delivers an event, or warns that it is lost. Never throws.
   *
   * @param name what the warning calls it, such as START of transform, run nightly-7
   */
  void emit(String name, Supplier<RunEvent> event) {
    if (!isOpen()) {
      return;
    }
    String failure =
        BoundedWork.run(
            "lineage", PATIENCE, () -> deliver(OpenLineageClientUtils.toJson(event.get())));
    if (failure != null) {
      LOG.warn(
          "the lineage event {} is lost; it could not be delivered to {}: {}",
          name,
          target,
          failure);
    }
  }

  private void deliver(String event) throws IOException, InterruptedException {
    if (target.startsWith(FILE)) {
      append(Path.of(target.substring(FILE.length())).toAbsolutePath(), event + "\n");
      return;
    }
    Secret secret = key == null ? null : SecretStores.installed().get(key);
    JsonPost.send(collector(URI.create(target)), event, PATIENCE, secret);
  }

  /** In one write, so that events of tasks that run at the same time do not mix. */
  private static void append(Path file, String line) throws IOException {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, line.getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UndeliveredException(
          "the file cannot be written (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static URI collector(URI address) {
    if (!address.getPath().isEmpty() && !address.getPath().equals("/")) {
      return address;
    }
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    return address.resolve(COLLECTOR_PATH + query);
  }
}
