package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.google.common.base.Throwables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.observability.AlertChannels;
import org.stripeanalytics.observability.Listener;
import org.stripeanalytics.observability.secrets.EnvironmentSecrets;
import org.stripeanalytics.observability.secrets.SecretStores;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.RunOptions;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.quality.RunFailedException;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/** What is left of a run that fails, and who hears of it: an ingestion of rows that break rules. */
class WatchedRunTest {
  private static final String MARKER = "jo.marker@example.org";
  private static final Instant FIRST_NIGHT = Instant.parse("2024-02-01T02:00:00Z");

  @TempDir Path folder;
  private DuckDbWarehouse warehouse;
  private int nights;

  @BeforeEach
  void createWarehouse() {
    warehouse =
        EmptyWarehouses.at(
            folder.resolve("w.duckdb"), ZoneId.of("UTC"), Clock.fixed(FIRST_NIGHT, ZoneOffset.UTC));
  }

  @Test
  void anIncidentIsToldOnceUntilItIsMended() throws IOException {
    try (Listener chat = Listener.answering(200)) {
      ingest(-1, chat);
      ingest(-1, chat);
      assertThat(chat.heard(), hasSize(1));
      assertThat(
          chat.heard().get(0),
          allOf(containsString("ingest has failed"), containsString("negative_amount")));

      ingest(1, chat);
      assertThat("all is well", chat.heard(), hasSize(1));

      ingest(-1, chat);
      assertThat("the same again is another incident", chat.heard(), hasSize(2));
    }
  }

  @Test
  void peopleHearOfAFailureEvenIfTheRunLogCanBeNeitherReadNorWritten() throws IOException {
    Path damaged = folder.resolve("records.duckdb");
    DuckDbWarehouse records =
        DuckDbWarehouse.open(damaged, ZoneOffset.UTC, Clock.fixed(FIRST_NIGHT, ZoneOffset.UTC));
    Files.writeString(damaged, "Dear reader,");

    try (Listener chat = Listener.answering(200)) {
      ingest(-1, chat, records);

      assertThat(chat.heard(), hasSize(1));
      assertThat(chat.heard().get(0), containsString("ingest has failed"));
    }
  }

  @Test
  void aFailureHasItsRowInTheRunLogAndItsLineageEvent() throws IOException {
    try (Listener chat = Listener.answering(500)) {
      ingest(-1, chat);
    }

    List<List<Object>> rows =
        warehouse
            .query("SELECT pipeline, table_name, message FROM ops.run_log WHERE outcome = 'failed'")
            .rows();
    assertThat(rows, hasSize(1));
    assertThat(rows.get(0).subList(0, 2), contains("ingest", ""));
    assertThat((String) rows.get(0).get(2), containsString("1 negative_amount"));
    List<String> lineage = Files.readAllLines(folder.resolve("w.lineage.ndjson"));
    assertThat(
        lineage.stream()
            .map(line -> line.replaceFirst(".*\"eventType\":\"(\\w+)\".*", "$1"))
            .toList(),
        contains("START", "FAIL"));
  }

  @Test
  void aRunThatEndsWellIsToldOfBetweenStartAndCompletion() throws IOException {
    try (Listener chat = Listener.answering(200)) {
      ingest(1, chat);
      assertThat(chat.heard(), is(empty()));
    }

    assertThat(
        Files.readAllLines(folder.resolve("w.lineage.ndjson")).stream()
            .map(line -> line.replaceFirst(".*\"eventType\":\"(\\w+)\".*", "$1"))
            .toList(),
        contains("START", "COMPLETE"));
    assertThat(
        warehouse.query("SELECT COUNT(*) FROM ops.run_log WHERE outcome = 'failed'").value(),
        is(0L));
  }

  @Test
  void neitherLogNorAlertNorRunLogHoldsAPayloadOrAnAddress() throws IOException {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level level = root.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.INFO);
    try (Listener chat = Listener.answering(200)) {
      ingest(-1, chat);

      String written =
          log.list.stream()
              .map(
                  line ->
                      line.getFormattedMessage()
                          + ThrowableProxyUtil.asString(line.getThrowableProxy()))
              .collect(Collectors.joining("\n"));
      assertThat(log.list, is(not(empty())));
      assertThat(written, not(containsString(MARKER)));
      assertThat(chat.heard().toString(), not(containsString(MARKER)));
    } finally {
      root.setLevel(level);
      root.detachAppender(log);
    }

    assertThat(
        warehouse
            .query(
                "SELECT COUNT(*) FROM ops.rejected_records WHERE payload LIKE '%" + MARKER + "%'")
            .value(),
        is(1L));
    assertThat(
        warehouse
            .query("SELECT COUNT(*) FROM ops.run_log WHERE message LIKE '%" + MARKER + "%'")
            .value(),
        is(0L));
  }

  /** A night's ingestion of one refund of this amount; a negative one fails it. */
  private void ingest(long amount, Listener chat) throws IOException {
    ingest(amount, chat, warehouse);
  }

  private void ingest(long amount, Listener chat, DuckDbWarehouse records) throws IOException {
    Path file = folder.resolve("night-" + nights + ".ndjson");
    Files.writeString(
        file,
        """
        {"id":"re_1","object":"refund","amount":%d,"created":1704445200,"currency":"usd",\
        "status":"succeeded","charge":"ch_1","description":"%s"}
        """
            .formatted(amount, MARKER),
        UTF_8);
    Clock clock = Clock.fixed(FIRST_NIGHT.plus(Duration.ofDays(nights++)), ZoneOffset.UTC);
    PipelineMain<?> ingest =
        Pipelines.all().stream().filter(each -> each.name().equals("ingest")).findFirst().get();
    run(ingest, clock, file, chat, records);
  }

  private <O extends RunOptions> void run(
      PipelineMain<O> ingest, Clock clock, Path file, Listener chat, DuckDbWarehouse records) {
    O options =
        ingest.parse(
            List.of(
                "--runner=InMemoryRunner",
                "--warehouse=" + warehouse.path(),
                "--input=" + file,
                "--extractedOn=2024-01-31"),
            clock);
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    AlertChannels alerts =
        new AlertChannels(
            List.of("log", "webhook:env:CHAT"),
            SecretStores.of(new EnvironmentSecrets(variable -> chat.address())));
    try {
      Duration unused =
          new WatchedRun(new Terminal(nowhere, nowhere, false), records, warehouse, alerts)
              .of(ingest, options, "ingest", clock, () -> ingest.start(options));
    } catch (RuntimeException e) {
      if (!(Throwables.getRootCause(e) instanceof RunFailedException)) {
        throw e;
      }
    }
  }
}
