package org.stripeanalytics.observability;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where people hear of incidents, as a manifest names it: {@code log}, or {@code
 * webhook:env:VARIABLE}, an endpoint that understands Slack's incoming webhooks, whose address is a
 * secret and stands in an environment variable. Where the variable is not set, nobody listens. What
 * cannot be delivered is named in one warning; nothing here throws or takes longer than {@link
 * #PATIENCE} per channel.
 */
public final class AlertChannels {
  public static final String LOG_CHANNEL = "log";
  public static final String WEBHOOK = "webhook:env:";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_LINES = 20;
  private static final Logger LOG = LoggerFactory.getLogger(AlertChannels.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ImmutableList<String> channels;
  private final UnaryOperator<String> environment;

  /**
   * @param channels as manifests name them
   * @param environment the value of a variable; null if it is not set
   * @throws IllegalArgumentException when there is no such channel
   */
  public AlertChannels(List<String> channels, UnaryOperator<String> environment) {
    for (String channel : channels) {
      if (!channel.equals(LOG_CHANNEL) && !channel.matches("webhook:env:[A-Z][A-Z0-9_]*")) {
        throw new IllegalArgumentException(
            "alert channel " + channel + " is not known; allowed are log and webhook:env:VARIABLE");
      }
    }
    this.channels = ImmutableList.copyOf(channels);
    this.environment = environment;
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
        Optional.ofNullable(environment.apply(channel.substring(WEBHOOK.length())))
            .filter(address -> !address.isBlank())
            .ifPresent(address -> post(channel, address, text));
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

  private static void post(String channel, String address, String text) {
    String failure =
        BoundedWork.run(
            "alert",
            PATIENCE,
            () -> {
              HttpResponse<Void> answer =
                  HttpClient.newBuilder()
                      .connectTimeout(PATIENCE)
                      .build()
                      .send(
                          HttpRequest.newBuilder(URI.create(address))
                              .timeout(PATIENCE)
                              .header("Content-Type", "application/json; charset=utf-8")
                              .POST(HttpRequest.BodyPublishers.ofString(json(text)))
                              .build(),
                          HttpResponse.BodyHandlers.discarding());
              if (answer.statusCode() / 100 != 2) {
                throw new RefusedException(answer.statusCode());
              }
            });
    if (failure != null) {
      LOG.warn("an alert could not be delivered to {}: {}", channel, failure);
    }
  }

  private static String json(String text) throws JsonProcessingException {
    return JSON.writeValueAsString(Map.of("text", text));
  }

  /** The endpoint answered, and not with yes. */
  private static final class RefusedException extends IOException {
    RefusedException(int status) {
      super("status " + status);
    }
  }
}
