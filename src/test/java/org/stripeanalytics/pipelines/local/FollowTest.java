package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.synthesis.AccountContents;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.ProfileReader;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

// What is not refused is followed until somebody stops it.
@Timeout(300)
class FollowTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final String IN_MEMORY = "--runner=InMemoryRunner";

  @TempDir private Path folder;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(
          new PrintStream(screen, true, UTF_8), new PrintStream(screen, true, UTF_8), false);

  @Test
  void whatArrivesInPiecesOverAMonthsEndBecomesTheTablesOfOneRun() throws Exception {
    List<AccountContents.HeldEvent> events =
        AccountContents.events(
            new SimulatedAccount(
                ProfileReader.defaults(),
                3,
                80,
                LocalDate.of(2021, 1, 1),
                LocalDate.of(2021, 3, 5),
                ZoneOffset.UTC),
            DataInterval.of(LocalDate.of(2021, 1, 1), LocalDate.of(2021, 3, 5)));
    Path followed = folder.resolve("followed.duckdb");
    Freshening freshening =
        new FollowCommand(terminal, CLOCK)
            .freshening(
                List.of(
                    "--follow",
                    "--landing=" + folder.resolve("landing"),
                    "--warehouse=duckdb:" + followed,
                    "--report=" + folder.resolve("report")));
    assertThat(freshening.freshen(CLOCK), is(Optional.empty()));

    Instant inFebruary = Instant.parse("2021-02-26T00:00:00Z");
    int early = (int) events.stream().filter(e -> e.created().isBefore(inFebruary)).count();
    land("first", events.subList(0, early));
    assertThat(
        freshening.freshen(CLOCK).orElseThrow(),
        containsString("1 files ingested, %d events new; 2021-01-01 to 2021-02-".formatted(early)));
    // Some that are there come a second time, as Stripe's events may.
    land("second", events.subList(early - 5, events.size()));
    freshening.tick(terminal, CLOCK);
    assertThat(
        screen.toString(UTF_8),
        containsString(
            "1 files ingested, %d events new; 2021-02-01 to 2021-03-0"
                .formatted(events.size() - early + 5)));
    assertThat(freshening.freshen(CLOCK), is(Optional.empty()));

    // An export tells of a customer of January, of whom no event told.
    write(
        "customers.extracted-20210305T000000Z.ndjson",
        List.of(
            """
            {"object": "customer", "id": "cus_ofJanuary", "created": 1610000000, "livemode": true,
             "balance": 0, "metadata": {"channel": "organic_search"}}\
            """
                .replace("\n", "")));
    assertThat(
        freshening.freshen(CLOCK).orElseThrow(),
        containsString("1 files ingested, 1 objects new; 2021-01-01 to 2021-03-0"));

    // And of one of March: only that month, which is open, is published, until the rest is due.
    write(
        "customers.extracted-20210305T010000Z.ndjson",
        List.of(
            """
            {"object": "customer", "id": "cus_ofMarch", "created": 1614800000, "livemode": true,
             "balance": 0, "metadata": {"channel": "organic_search"}}\
            """
                .replace("\n", "")));
    assertThat(
        freshening.freshen(CLOCK).orElseThrow(),
        containsString("1 files ingested, 1 objects new; 2021-03-01 to 2021-03-0"));
    assertThat(freshening.freshen(CLOCK), is(Optional.empty()));
    Clock later = Clock.offset(CLOCK, Duration.ofMinutes(11));
    assertThat(
        freshening.freshen(later).orElseThrow(),
        containsString("0 files ingested, nothing new; marts of months brought up to date"));
    assertThat(freshening.freshen(later), is(Optional.empty()));

    Path atOnce = folder.resolve("at-once.duckdb");
    LocalRuns.run("ingest", atOnce, IN_MEMORY, "--input=" + folder.resolve("landing/2021-03-05/*"));
    LocalRuns.run("transform", atOnce, IN_MEMORY, "--from=2021-01-01", "--to=" + reached(followed));
    assertThat(checksums(followed), is(checksums(atOnce)));
    assertThat(
        "webhooks that came, those that came twice once",
        DuckDbWarehouse.openReadOnly(followed).query("SELECT COUNT(*) FROM ops.deliveries").value(),
        is((long) events.size()));
    for (String table : List.of("live_mrr", "live_payments", "live_funnel")) {
      assertThat(
          "what " + table + " says of the events that it contains",
          DuckDbWarehouse.openReadOnly(followed)
              .query("SELECT DISTINCT newest_event_at, events_behind FROM marts." + table)
              .rows(),
          is(List.of(List.of(events.get(events.size() - 1).created(), 0L))));
    }
    assertThat(Files.exists(folder.resolve("report/index.html")), is(true));
  }

  private void land(String name, List<AccountContents.HeldEvent> events) throws IOException {
    write(
        name + ".ndjson",
        events.stream()
            .flatMap(event -> Stream.of(received(event), new String(event.json(), UTF_8)))
            .toList());
  }

  /** What the edge says of the webhook that follows: it came a second after the event. */
  private static String received(AccountContents.HeldEvent event) {
    return "{\"object\":\"webhook_delivery\",\"event_id\":\"%s\",\"received_at\":\"%s\"}"
        .formatted(event.id(), event.created().plusSeconds(1));
  }

  private void write(String name, List<String> lines) throws IOException {
    Files.write(Files.createDirectories(folder.resolve("landing/2021-03-05")).resolve(name), lines);
  }

  private static String reached(Path file) {
    return DuckDbWarehouse.openReadOnly(file)
        .query("SELECT MAX(interval_to) FROM ops.run_log")
        .value()
        .toString();
  }

  /** Of all tables but those that count runs. */
  private static List<TableChecksum> checksums(Path file) {
    return DuckDbWarehouse.openReadOnly(file).checksums(Set.of()).stream()
        .filter(table -> !table.table().startsWith("ops."))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--every=0           | --every=0 cannot be used; give a whole number from 1 to 86400",
        "--from=2021-01-01   | --from is not for --follow, which finds out what is new",
        "--customers=3       | unknown option",
        "--reportingZone=Mars | --reportingZone=Mars is not a known time zone",
        "now                 | unexpected \"now\"",
      })
  void whatCannotBeUsedIsSaidInOneLine(String option, String said) {
    int status =
        new Main(terminal, CLOCK)
            .run(
                List.of(
                    "run-local",
                    "--follow",
                    "--report=" + folder.resolve("report"),
                    "--warehouse=duckdb:" + folder.resolve("none.duckdb"),
                    option));

    assertThat(screen.toString(UTF_8), containsString(said));
    assertThat(screen.toString(UTF_8).lines().count(), is(1L));
    assertThat(status, is(ExitStatus.BAD_INPUT));
  }
}
