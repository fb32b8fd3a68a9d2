package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.Sets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.observability.secrets.MarkerSecrets;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.server.Behavior;
import org.stripeanalytics.server.SimulatedStripe;
import org.stripeanalytics.server.StripeApi;
import org.stripeanalytics.server.StripeServer;
import org.stripeanalytics.synthesis.AccountContents;
import org.stripeanalytics.synthesis.AccountContents.HeldEvent;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.ProfileReader;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** Webhooks as networks deliver them come to the tables of one load of everything. */
class UnreliableWebhooksTest {
  private static final LocalDate START = LocalDate.parse("2025-12-04");
  private static final LocalDate END = LocalDate.parse("2026-01-01");

  /** Goes on, because what is new is found by when it was ingested. */
  private static final Clock CLOCK =
      Clock.offset(
          Clock.systemUTC(),
          Duration.between(Instant.now(), Instant.parse("2026-01-01T00:05:00Z")));

  private static final String IN_MEMORY = "--runner=InMemoryRunner";

  private static final double LOST = 0.05;
  private static final double REPEATED = 0.20;
  private static final double LATE = 0.30;
  private static final Duration LATEST = Duration.ofDays(3);

  @TempDir private Path folder;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PrintStream print = new PrintStream(screen, true, UTF_8);
  private final Terminal terminal = new Terminal(print, print, false);

  /** A webhook, at the moment at which it comes. */
  private record Arrival(Instant at, HeldEvent event) {}

  @ParameterizedTest
  @ValueSource(ints = {1})
  void whatIsLateRepeatedLostAndReconciledIsRightAlsoAfterARestart(int seed) throws Exception {
    SimulatedAccount account =
        new SimulatedAccount(ProfileReader.defaults(), seed, 1_000, START, END, ZoneOffset.UTC);
    List<HeldEvent> events = AccountContents.events(account, DataInterval.of(START, END));
    List<Arrival> arrivals = arrivals(events, new Random(seed));
    int half = arrivals.size() / 2;

    land("first", arrivals.subList(0, half));
    freshening().freshen(CLOCK);
    // Another process: all that it knows is in the warehouse and in the landing.
    Freshening restarted = freshening();
    land("second", arrivals.subList(half, arrivals.size()));
    restarted.freshen(CLOCK);
    reconcile(account);
    restarted.freshen(CLOCK);

    assertThat(
        "rows of tables that differ",
        Sets.symmetricDifference(
            checksums(folder.resolve("followed.duckdb")), checksums(loadedAtOnce(events))),
        is(empty()));
  }

  private static List<Arrival> arrivals(List<HeldEvent> events, Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (HeldEvent event : events) {
      if (random.nextDouble() < LOST) {
        continue;
      }
      arrivals.add(new Arrival(event.created().plus(delay(random)), event));
      if (random.nextDouble() < REPEATED) {
        arrivals.add(new Arrival(event.created().plus(delay(random)), event));
      }
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    return arrivals;
  }

  private static Duration delay(Random random) {
    Duration longest = random.nextDouble() < LATE ? LATEST : Duration.ofMinutes(1);
    return longest.multipliedBy(random.nextInt(1000)).dividedBy(1000);
  }

  private Freshening freshening() {
    return new FollowCommand(terminal, CLOCK)
        .freshening(
            List.of(
                "--follow",
                "--landing=" + folder.resolve("landing"),
                "--warehouse=duckdb:" + folder.resolve("followed.duckdb"),
                "--report=" + folder.resolve("report")));
  }

  private void land(String name, List<Arrival> arrivals) throws IOException {
    write("landing/2026-01-01/" + name, arrivals.stream().map(Arrival::event));
  }

  private Path write(String name, Stream<HeldEvent> events) throws IOException {
    Path file = folder.resolve(name + ".ndjson");
    Files.createDirectories(file.getParent());
    return Files.write(file, events.map(event -> new String(event.json(), UTF_8)).toList());
  }

  private void reconcile(SimulatedAccount account) throws Exception {
    Behavior open = Behavior.USUAL.withApiKey(MarkerSecrets.KEY).withRequestsPerSecond(1e6, 1e6);
    screen.reset();
    try (StripeServer server =
        StripeServer.start(
            new StripeApi(
                SimulatedStripe.hold(
                    account, CLOCK.instant(), CLOCK, SimulatedStripe.LateEvents.NONE),
                open,
                CLOCK),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      int status =
          new Main(terminal, CLOCK)
              .run(
                  List.of(
                      "reconcile",
                      "--apiBase=" + server.base(),
                      "--apiKey=marker:key",
                      "--hours=720",
                      "--rateLimit=100000",
                      "--landing=" + folder.resolve("landing"),
                      "--warehouse=" + folder.resolve("followed.duckdb")));
      assertThat(screen.toString(UTF_8), status, is(ExitStatus.DONE));
    }
  }

  private Path loadedAtOnce(List<HeldEvent> events) throws IOException {
    Path file = folder.resolve("at-once.duckdb");
    Path all = write("all", events.stream());
    LocalRuns.run("ingest", file, IN_MEMORY, "--input=" + all);
    LocalRuns.run("transform", file, IN_MEMORY, "--from=2025-12-01", "--to=" + reached());
    return file;
  }

  /** The day to which the followed warehouse was transformed. */
  private String reached() {
    return DuckDbWarehouse.openReadOnly(folder.resolve("followed.duckdb"))
        .query("SELECT MAX(interval_to) FROM ops.run_log")
        .value()
        .toString();
  }

  /** Of all tables but those that count runs. */
  private static Set<TableChecksum> checksums(Path file) {
    Set<TableChecksum> checksums =
        DuckDbWarehouse.openReadOnly(file).checksums(Set.of()).stream()
            .filter(table -> !table.table().startsWith("ops."))
            .collect(toSet());
    assertThat(
        "tables that have rows",
        checksums.stream().filter(table -> table.rows() > 0).count(),
        is(greaterThan(30L)));
    return checksums;
  }
}
