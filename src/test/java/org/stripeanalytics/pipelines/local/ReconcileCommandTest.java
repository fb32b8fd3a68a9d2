package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.observability.secrets.MarkerSecrets;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.server.Behavior;
import org.stripeanalytics.server.SimulatedStripe;
import org.stripeanalytics.server.StripeApi;
import org.stripeanalytics.server.StripeServer;
import org.stripeanalytics.synthesis.AccountContents;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.ProfileReader;

class ReconcileCommandTest {
  private static final LocalDate START = LocalDate.parse("2025-11-01");
  private static final LocalDate END = LocalDate.parse("2026-01-01");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:05:00Z"), ZoneOffset.UTC);
  private static final SimulatedAccount ACCOUNT =
      new SimulatedAccount(ProfileReader.defaults(), 5, 300, START, END, ZoneOffset.UTC);

  @TempDir private Path folder;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  @Test
  void eventsThatWereLostAreCountedByTypeAndHourAndLanded() throws Exception {
    Path file = folder.resolve("stripe.duckdb");
    List<AccountContents.HeldEvent> events =
        AccountContents.events(ACCOUNT, DataInterval.of(LocalDate.parse("2025-12-18"), END));
    Path arrived = folder.resolve("landing/2026-01-01/webhooks.ndjson");
    Files.createDirectories(arrived.getParent());
    // Every tenth is lost.
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (i % 10 != 0) {
        lines.add(new String(events.get(i).json(), UTF_8));
      }
    }
    int lost = events.size() - lines.size();
    assertThat(lost, greaterThan(1));
    Files.write(arrived, lines);
    LocalRuns.run("ingest", file, "--runner=InMemoryRunner", "--input=" + arrived);

    AccountContents.HeldEvent first = events.get(0);
    try (StripeServer server = server()) {
      assertThat(said(), run(reconciling(server, file)), is(ExitStatus.DONE));
      assertThat(said(), containsString("%d of them were missing".formatted(lost)));
      assertThat(
          said().replaceAll(" +", " "),
          containsString(
              first.created().toString().substring(0, 13) + ":00:00Z " + first.type() + " "));
      LocalRuns.run(
          "ingest",
          file,
          "--runner=InMemoryRunner",
          "--input=" + folder.resolve("landing/2026-01-01/reconciled-*"));
      screen.reset();
      assertThat(said(), run(reconciling(server, file)), is(ExitStatus.DONE));
      assertThat(
          said(),
          is(
              "2025-12-18T00:00:00Z to 2026-01-01T00:03:00Z: Stripe lists %d events, 0 of them were"
                      .formatted(events.size())
                  + " missing; 0 here are not listed\n"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                              | --apiKey is missing; say where the key is",
        "--apiKey=marker:key --hours=721 | --hours=721 cannot be used; give a whole number from 1"
            + " to 720",
        "--apiKey=marker:key --apiBase=http://example.org | would send the key in the clear",
        "--apiKey=marker:key --since=now | unknown option --since",
        "--apiKey=marker:key --topic=events | --topic=events is not a topic; write it like"
            + " projects/PROJECT/topics/TOPIC",
        "--apiKey=marker:key --topic=projects/p/topics/t --landing=here | missing events go to one"
            + " place; give --landing=DIR or --topic=projects/PROJECT/topics/TOPIC",
      })
  void whatCannotBeUsedIsSaidInOneLine(String options, String message) {
    List<String> args = new ArrayList<>(List.of("reconcile"));
    if (options != null) {
      args.addAll(List.of(options.split(" +")));
    }

    assertThat(run(args), is(ExitStatus.BAD_INPUT));
    assertThat(said(), containsString(message));
    assertThat(said().lines().count(), is(1L));
  }

  private List<String> reconciling(StripeServer server, Path file) {
    return List.of(
        "reconcile",
        "--apiBase=" + server.base(),
        "--apiKey=marker:key",
        "--hours=336",
        "--rateLimit=100000",
        "--landing=" + folder.resolve("landing"),
        "--warehouse=" + file);
  }

  private static StripeServer server() throws Exception {
    Behavior open = Behavior.USUAL.withApiKey(MarkerSecrets.KEY).withRequestsPerSecond(1e6, 1e6);
    return StripeServer.start(
        new StripeApi(
            SimulatedStripe.hold(ACCOUNT, CLOCK.instant(), CLOCK, SimulatedStripe.LateEvents.NONE),
            open,
            CLOCK),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private int run(List<String> args) {
    PrintStream print = new PrintStream(screen, true, UTF_8);
    return new Main(new Terminal(print, print, false), CLOCK).run(args);
  }

  private String said() {
    return screen.toString(UTF_8);
  }
}
