package org.stripeanalytics.observability;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.observability.secrets.SecretReference;
import org.stripeanalytics.observability.secrets.SecretStores;

/**
 * Where people hear of incidents, as a manifest names it: {@code log}, or {@code webhook:} and a
 * reference to a secret, as in {@code webhook:env:VARIABLE}: the address of an endpoint that
 * understands Slack's incoming webhooks. Where a variable is not set, nobody listens. What cannot
 * be delivered is named in one warning; nothing here throws or takes longer than {@link #PATIENCE}
 * per channel.
 */
public final class AlertChannels {
  public static final String LOG_CHANNEL = "log";
  public static final String WEBHOOK = "webhook:";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_LINES = 20;
  private static final Logger LOG = LoggerFactory.getLogger(AlertChannels.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ImmutableList<String> channels;
  private final SecretStores secrets;

  /**
   * @param channels as manifests name them
   * @param secrets where the addresses of webhooks are kept
   * @throws IllegalArgumentException when there is no such channel; the message does not repeat it,
   *     because it may well hold the address
   */
  public AlertChannels(List<String> channels, SecretStores secrets) {
    for (String channel : channels) {
      if (!channel.equals(LOG_CHANNEL)
          && !(channel.startsWith(WEBHOOK) && secrets.understand(reference(channel).text()))) {
        throw new IllegalArgumentException(
            "an alert channel is not known; allowed are log, and webhook: with a reference to the"
                + " secret that is its address: "
                + secrets.forms());
      }
    }
    this.channels = ImmutableList.copyOf(channels);
    this.secrets = secrets;
  }

  /**
   * Tells every channel, in one message; says nothing of no incident.
   *
   * @param subject what the incidents are of, as in the name of an environment and a run
   */
  public void tell(String subject, List<Incident> incidents) {
    if (incidents.isEmpty()) {
      return;
    }
    String text = text(subject, incidents);
    for (String channel : channels) {
      if (channel.equals(LOG_CHANNEL)) {
        LOG.warn("{}", text);
      } else {
        post(channel, text);
      }
    }
  }

  private static String text(String subject, List<Incident> incidents) {
    String more =
        incidents.size() > MOST_LINES
            ? "\n… and " + (incidents.size() - MOST_LINES) + " more in ops.quality_results"
            : "";
    return incidents.stream()
        .limit(MOST_LINES)
        .map(incident -> "\n• " + incident.what() + ": " + incident.detail())
        .collect(joining("", subject, more));
  }

  private static SecretReference reference(String channel) {
    return new SecretReference(channel.substring(WEBHOOK.length()));
  }

  private void post(String channel, String text) {
    String failure =
        BoundedWork.run(
            "alert",
            PATIENCE,
            () -> {
              Optional<Secret> address = secrets.find(reference(channel));
              if (address.isPresent()) {
                JsonPost.send(
                    URI.create(address.get().reveal()), json(text), PATIENCE, /* key= */ null);
              }
            });
    if (failure != null) {
      LOG.warn("an alert could not be delivered to {}: {}", channel, failure);
    }
  }

  private static String json(String text) throws JsonProcessingException {
    return JSON.writeValueAsString(Map.of("text", text));
  }
}
