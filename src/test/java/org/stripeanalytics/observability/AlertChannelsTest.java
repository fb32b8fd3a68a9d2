package org.stripeanalytics.observability;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.observability.secrets.EnvironmentSecrets;
import org.stripeanalytics.observability.secrets.MarkerSecrets;
import org.stripeanalytics.observability.secrets.SecretStores;

class AlertChannelsTest {
  private static final Incident STALE = new Incident("raw.charges is stale", "expected: \"today\"");

  @Test
  void aWebhookIsSentOneMessageForAllIncidents() throws IOException {
    try (Listener chat = Listener.answering(200)) {
      channels(chat.address() + "/secret")
          .tell("check, run 7", List.of(STALE, new Incident("transform has failed", "why")));

      assertThat(chat.heard(), hasSize(1));
      assertThat(
          new ObjectMapper().readTree(chat.heard().get(0)).at("/text").asText(),
          is(
              "check, run 7\n• raw.charges is stale: expected: \"today\"\n"
                  + "• transform has failed: why"));
    }
  }

  @Test
  void withoutAnIncidentNobodyIsDisturbed() throws IOException {
    try (Listener chat = Listener.answering(200)) {
      channels(chat.address()).tell("check, run 7", List.of());

      assertThat(chat.heard(), is(empty()));
    }
  }

  @Test
  void theLogIsToldToo() {
    try (Heard log = Heard.of(AlertChannels.class)) {
      new AlertChannels(List.of("log"), SecretStores.of()).tell("check, run 7", List.of(STALE));

      assertThat(log.lines(), contains(containsString("raw.charges is stale")));
    }
  }

  @Test
  void aWebhookThatRefusesIsOneWarningThatDoesNotTellItsAddress() throws IOException {
    try (Listener chat = Listener.answering(403);
        Heard log = Heard.of(AlertChannels.class)) {
      channels(chat.address() + "/secret").tell("check, run 7", List.of(STALE));

      assertThat(
          log.lines(),
          contains(
              "an alert could not be delivered to webhook:env:CHAT: it answered with status 403"));
    }
  }

  @Test
  void anAddressThatIsNoneDoesNotAppearInTheLogEither() {
    try (Heard log = Heard.of(AlertChannels.class)) {
      channels("no address: secret").tell("check, run 7", List.of(STALE));

      assertThat(log.lines(), hasSize(1));
      assertThat(log.lines().get(0), not(containsString("secret")));
    }
  }

  @Test
  void aWebhookThatNeverAnswersHoldsTheRunUpForSecondsOnly() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      long began = System.nanoTime();

      channels("http://127.0.0.1:" + silent.getLocalPort()).tell("check, run 7", List.of(STALE));

      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began), is(lessThan(15L)));
    }
  }

  @Test
  void whereTheVariableIsNotSetNobodyListens() {
    try (Heard log = Heard.of(AlertChannels.class)) {
      channels(null).tell("check, run 7", List.of(STALE));

      assertThat(log.lines(), is(empty()));
    }
  }

  @Test
  void anAddressInTheManifestIsRefused() {
    for (String channel :
        List.of("https://chat.example/T0/hook", "webhook:https://chat.example/T0/hook")) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () -> new AlertChannels(List.of(channel), SecretStores.installed()));

      assertThat(refusal.getMessage(), containsString("webhook: with a reference"));
      assertThat(refusal.getMessage(), not(containsString("chat.example")));
    }
  }

  @Test
  void anAddressInSecretManagerIsAsGoodAsOneInAVariable() throws IOException {
    try (Listener chat = Listener.answering(200)) {
      new AlertChannels(
              List.of("webhook:marker:" + chat.address()), SecretStores.of(new MarkerSecrets()))
          .tell("check, run 7", List.of(STALE));

      assertThat(chat.heard(), hasSize(1));
    }
  }

  @Test
  void aStoreThatRefusesIsOneWarningThatNamesTheReference() {
    try (Heard log = Heard.of(AlertChannels.class)) {
      new AlertChannels(List.of("webhook:marker:refused"), SecretStores.of(new MarkerSecrets()))
          .tell("check, run 7", List.of(STALE));

      assertThat(
          log.lines(),
          contains(
              "an alert could not be delivered to webhook:marker:refused: the secret marker:refused"
                  + " cannot be had: PERMISSION_DENIED"));
    }
  }

  private static AlertChannels channels(@Nullable String address) {
    return new AlertChannels(
        List.of("webhook:env:CHAT"),
        SecretStores.of(
            new EnvironmentSecrets(
                name -> address == null ? null : Map.of("CHAT", address).get(name))));
  }
}
