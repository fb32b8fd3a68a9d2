package org.stripeanalytics.observability;

import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.transports.FileConfig;
import io.openlineage.client.transports.FileTransport;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import io.openlineage.client.transports.Transport;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.observability.secrets.SecretReference;
import org.stripeanalytics.observability.secrets.SecretStores;
import org.stripeanalytics.observability.secrets.SecretUnavailableException;

/**
 * Where lineage events go: {@code none}, {@code file:PATH}, which gains a line of JSON per event,
 * or the HTTP endpoint of a collector. What cannot be delivered is dropped, with one warning per
 * process, and holds the run up for no longer than {@link #PATIENCE}.
 *
 * @param key the API key that the collector asks for; null if it asks for none. It is fetched where
 *     an event is sent, of which a run has two, and sent with it
 */
public record LineageChannel(String target, @Nullable SecretReference key) implements Serializable {
  public static final String NONE = "none";
  public static final String FILE = "file:";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(LineageChannel.class);

  /** Endpoints that have failed: a collector that is away is named once and not once per event. */
  private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

  /** A file, nowhere, or a collector that lets everybody in. */
  public LineageChannel(String target) {
    this(target, null);
  }

  /** Whether anything is told at all. */
  public boolean isOpen() {
    return !target.equals(NONE);
  }

  void emit(Supplier<RunEvent> event) {
    if (!isOpen()) {
      return;
    }
    String failure =
        BoundedWork.run(
            "lineage",
            PATIENCE,
            () -> {
              try (Transport transport = transport()) {
                transport.emit(event.get());
              }
            });
    if (failure != null && FAILED.add(target)) {
      LOG.warn("lineage events cannot be delivered to {}: {}", target, failure);
    }
  }

  private Transport transport() throws SecretUnavailableException {
    if (target.startsWith(FILE)) {
      // Absolute, because the transport makes the file's directory and wants it to have a name.
      Path file = Path.of(target.substring(FILE.length())).toAbsolutePath();
      return new FileTransport(new FileConfig(file.toString()));
    }
    HttpConfig config = new HttpConfig();
    config.setUrl(URI.create(target));
    config.setTimeoutInMillis((int) PATIENCE.toMillis());
    if (key != null) {
      Secret secret = SecretStores.installed().get(key);
      config.setAuth(() -> "Bearer " + secret.reveal());
    }
    return new HttpTransport(config);
  }
}
