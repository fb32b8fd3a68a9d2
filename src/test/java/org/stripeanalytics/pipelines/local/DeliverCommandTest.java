package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.extraction.Pause;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.observability.secrets.MarkerSecrets;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.synthesis.AccountContents;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.ProfileReader;
import org.stripeanalytics.webhooks.Delivery;
import org.stripeanalytics.webhooks.DeliveryStore;
import org.stripeanalytics.webhooks.WebhookEndpoint;
import org.stripeanalytics.webhooks.WebhookServer;
import org.stripeanalytics.webhooks.WebhookSignature;

class DeliverCommandTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-31T10:15:00Z"), ZoneOffset.UTC);

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PrintStream print = new PrintStream(screen, true, UTF_8);
  private final Terminal terminal = new Terminal(print, print, false);
  private final List<Duration> waited = Collections.synchronizedList(new ArrayList<>());
  private final Pause pause = waited::add;

  /** Refuses each of its first deliveries. */
  private static final class Shelf implements DeliveryStore {
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private int refusals;

    Shelf(int refusals) {
      this.refusals = refusals;
    }

    @Override
    public CompletableFuture<Void> store(Delivery delivery) {
      if (refusals-- > 0) {
        return CompletableFuture.failedFuture(new IllegalStateException("full"));
      }
      bodies.add(new String(delivery.body(), UTF_8));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }

  @Test
  void theEventsOfTheDaysAreSentInTheirOrderAndAgainUntilTheyAreAccepted() throws Exception {
    Shelf shelf = new Shelf(2);

    int status = deliver(shelf, MarkerSecrets.KEY);

    List<String> expected =
        AccountContents.events(
                new SimulatedAccount(
                    ProfileReader.defaults(),
                    1,
                    40,
                    LocalDate.of(2021, 1, 1),
                    LocalDate.of(2022, 1, 1),
                    ZoneOffset.UTC),
                DataInterval.of(LocalDate.of(2021, 6, 1), LocalDate.of(2021, 8, 1)))
            .stream()
            .map(event -> new String(event.json(), UTF_8))
            .toList();
    assertThat(screen.toString(UTF_8), status, is(ExitStatus.DONE));
    assertThat(shelf.bodies, is(expected));
    assertThat(waited.subList(0, 2), is(List.of(Duration.ofMillis(500), Duration.ofSeconds(1))));
    assertThat(
        screen.toString(UTF_8),
        matchesPattern(
            "(?s)delivering %1$d events of .*delivered %1$d events in .* s; 2 attempts failed .*\n"
                .formatted(expected.size())));
  }

  @Test
  void whatIsNeverAcceptedEndsItWithTheReason() throws Exception {
    Shelf shelf = new Shelf(0);

    int status = deliver(shelf, "another");

    assertThat(status, is(ExitStatus.FAILED));
    assertThat(
        screen.toString(UTF_8),
        containsString(
            "which was sent 6 times: 400 no signature fits the body and the secret of this"
                + " endpoint"));
    assertThat(shelf.bodies, is(ImmutableList.of()));
  }

  private int deliver(Shelf shelf, String secret) throws Exception {
    try (WebhookServer edge =
        WebhookServer.start(
            new WebhookEndpoint(
                new WebhookSignature(List.of(Secret.of(secret)), CLOCK), shelf, CLOCK),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            line -> {},
            CLOCK)) {
      return new DeliverCommand(terminal, CLOCK, pause)
          .run(
              List.of(
                  "--deliver=" + edge.base(),
                  "--secret=marker:key",
                  "--speed=1e9",
                  "--inFlight=1",
                  "--customers=40",
                  "--end=2022-01-01",
                  "--from=2021-06-01",
                  "--to=2021-08-01"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--deliver=edge                             | --deliver=edge is not an address; write it like",
        "--deliver=http://x:1                       | --secret is missing; say where the endpoint's",
        "--deliver=http://x:1 --secret=marker:key --speed=0 | --speed=0 cannot be used; give a number",
        "--deliver=http://x:1 --secret=marker:key --inFlight=0 | --inFlight=0 cannot be used",
        "--deliver=http://x:1 --secret=marker:key --customers=0 | --customers=0 is out of range",
        "--deliver=http://x:1 --secret=marker:key --output=out | --deliver sends webhooks and writes",
      })
  void whatCannotBeUsedIsSaidInOneLine(String options, String said) {
    List<String> args = new ArrayList<>(List.of("synthesize"));
    args.addAll(List.of(options.split(" +")));

    int status = new Main(terminal, CLOCK).run(args);

    assertThat(screen.toString(UTF_8), containsString(said));
    assertThat(screen.toString(UTF_8).lines().count(), is(1L));
    assertThat(status, is(ExitStatus.BAD_INPUT));
  }
}
