package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.observability.Listener;
import org.stripeanalytics.observability.secrets.MarkerSecrets;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * A secret that runs make use of, the key of a collector of lineage events, and everything that
 * they leave: it reaches the collector and is found nowhere else.
 */
class SecretsInRunsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-04-01T00:00:00Z"), ZoneOffset.UTC);
  private static final LoggerContext LOG = (LoggerContext) LoggerFactory.getILoggerFactory();

  @TempDir private Path folder;
  private Path warehouse;

  /** What people and machines see: answers, messages, and every line of the log. */
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

  private final PrintStream screen = new PrintStream(seen, true, UTF_8);
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @BeforeEach
  void watch() {
    warehouse = folder.resolve("stripe.duckdb");
    System.setOut(screen);
    System.setErr(screen);
  }

  @AfterEach
  void stopWatching() throws Exception {
    System.setOut(out);
    System.setErr(err);
    log("plain", Level.WARN);
  }

  @Test
  void everyPipelineUsesTheKeyAndLeavesItNowhere() throws Exception {
    log("plain", Level.DEBUG);
    try (Listener collector = Listener.answering(201)) {
      runEveryPipeline(collector.address());

      assertThat("a dry run tells nothing", collector.heard(), hasSize(2 * Pipelines.all().size()));
      assertThat(collector.authorizations(), hasSize(2 * Pipelines.all().size()));
      assertThat(collector.authorizations(), everyItem(is("Bearer " + MarkerSecrets.KEY)));
      assertThat(told(collector), is(startAndCompletionOfEach(Pipelines.all())));
      assertThat(collector.heard(), everyItem(not(containsString(MarkerSecrets.KEY))));
    }
    assertThat("debug lines too", isSeen("DEBUG "), is(true));
    assertThat(isSeen(MarkerSecrets.KEY), is(false));
    assertThat(
        "where options end up is searched", tablesWith("marker:key"), is(List.of("run_log")));
    assertThat(tablesWith(MarkerSecrets.KEY), is(empty()));
    assertThat(filesWith("</html>"), hasSize(1));
    assertThat(filesWith(MarkerSecrets.KEY), is(empty()));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({"plain, 401", "json, away"})
  void aCollectorThatDoesNotTakeEventsIsNamedWithoutItsKey(String format, String answer)
      throws Exception {
    log(format, Level.WARN);
    if (answer.equals("away")) {
      assertThat(run("ingest", inMemory(nobody())), is(ExitStatus.DONE));
    } else {
      try (Listener collector = Listener.answering(Integer.parseInt(answer))) {
        assertThat(run("ingest", inMemory(collector.address())), is(ExitStatus.DONE));
        assertThat(collector.authorizations().size(), is(greaterThan(0)));
      }
    }

    assertThat(isSeen("is lost; it could not be delivered to"), is(true));
    assertThat(isSeen("\"severity\":\"WARN\""), is(format.equals("json")));
    assertThat(isSeen(MarkerSecrets.KEY), is(false));
    assertThat(tablesWith(MarkerSecrets.KEY), is(empty()));
  }

  @Test
  void aKeyInThePlaceOfItsReferenceIsOneLineWithoutIt() {
    int status =
        run(
            "transform",
            List.of("--lineage=http://localhost:5000", "--lineageKey=" + MarkerSecrets.KEY));

    assertThat(status, is(ExitStatus.BAD_INPUT));
    assertThat(seen.toString(UTF_8).lines().count(), is(1L));
    assertThat(seen.toString(UTF_8), containsString("--lineageKey is no reference to a secret"));
    assertThat(isSeen(MarkerSecrets.KEY), is(false));
  }

  /** Without the text itself, which is long, where it fails. */
  private boolean isSeen(String text) {
    return seen.toString(UTF_8).contains(text);
  }

  /**
   * Each of them in earnest and as a dry run, and what else looks at the warehouse. All hand the
   * key to their engine in the same way, so one of them shows what Flink does with it.
   */
  private void runEveryPipeline(String collector) throws IOException {
    String days = "--from=2024-01-01,--to=2024-04-01";
    List<List<String>> runs =
        List.of(
            List.of("synthesize", "--customers=100,--start=2024-01-01,--end=2024-04-01," + days),
            List.of("ingest", "--runId=first,--maxRejectedFraction=1,--input=" + spend()),
            List.of("replay", "--run=first,--maxRejectedFraction=1"),
            List.of("collect", "--source=hubspot,--input=" + contacts()),
            List.of("transform", days),
            List.of("predict", days),
            List.of("connect", days),
            List.of("check", days));
    for (List<String> run : runs) {
      String runner = run.get(0).equals("replay") ? "FlinkRunner" : "InMemoryRunner";
      List<String> options = options(collector, (run.get(1) + ",--runner=" + runner).split(","));
      assertThat(run.get(0), run(run.get(0), options), is(ExitStatus.DONE));
      List<String> dryRun = new ArrayList<>(options);
      dryRun.add("--dryRun");
      assertThat(run.get(0), run(run.get(0), dryRun), is(ExitStatus.DONE));
    }
    assertThat(
        run("report", List.of("--warehouse=" + warehouse, "--output=" + folder.resolve("report"))),
        is(ExitStatus.DONE));
  }

  private Path contacts() throws IOException {
    return Files.writeString(folder.resolve("contact.csv"), "id,property_email\n1,a@example.com\n");
  }

  private List<String> inMemory(String collector) throws IOException {
    return options(
        collector, "--runner=InMemoryRunner", "--maxRejectedFraction=1", "--input=" + spend());
  }

  private List<String> options(String collector, String... own) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--warehouse=" + warehouse,
                "--parallelism=1",
                "--lineage=" + collector,
                "--lineageKey=marker:key"));
    options.addAll(List.of(own));
    return options;
  }

  private int run(String command, List<String> options) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(options);
    return new Main(new Terminal(screen, screen, false), CLOCK).run(args);
  }

  /** A file with a row that is good and one that is not. */
  private Path spend() throws IOException {
    Path input = folder.resolve("spend.ndjson");
    Files.writeString(
        input,
        """
        {"object":"marketing_spend","day":"2024-01-30","channel":"paid_search","region":"emea","amount":1200,"currency":"usd"}
        {"object":"marketing_spend","day":"2024-01-30","channel":"paid_search","region":"emea"}
        """);
    return input;
  }

  /** Pipeline and type of every event. */
  private static Set<String> told(Listener collector) throws IOException {
    Set<String> told = new HashSet<>();
    for (String event : collector.heard()) {
      JsonNode json = new ObjectMapper().readTree(event);
      told.add(json.at("/job/name").asText() + " " + json.at("/eventType").asText());
    }
    return told;
  }

  private static Set<String> startAndCompletionOfEach(List<PipelineMain<?>> pipelines) {
    return pipelines.stream()
        .flatMap(pipeline -> Stream.of(pipeline.name() + " START", pipeline.name() + " COMPLETE"))
        .collect(toSet());
  }

  /** The tables of which a row, written out whole, holds a text. */
  private List<String> tablesWith(String text) {
    DuckDbWarehouse finished = DuckDbWarehouse.openReadOnly(warehouse);
    String inEach =
        finished.query("SELECT schema_name, table_name FROM duckdb_tables()").rows().stream()
            .map(
                table ->
                    "SELECT DISTINCT '%2$s' FROM %1$s.%2$s AS t WHERE contains(CAST(t AS VARCHAR), '%3$s')"
                        .formatted(table.get(0), table.get(1), text))
            .collect(joining(" UNION ALL "));
    return finished.query(inEach).rows().stream().map(row -> (String) row.get(0)).toList();
  }

  private List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** Where nothing listens. */
  private static String nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + free.getLocalPort();
    }
  }

  /** The log of this process as {@code logback.xml} has it, in one of its forms. */
  private static void log(String format, Level level) throws Exception {
    LOG.reset();
    LOG.putProperty("log.format", format);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(LOG);
    configurator.doConfigure(SecretsInRunsTest.class.getResource("/logback.xml"));
    LOG.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(level);
    // It prints every node of every graph.
    LOG.getLogger(TransformHierarchy.class).setLevel(Level.INFO);
  }
}
