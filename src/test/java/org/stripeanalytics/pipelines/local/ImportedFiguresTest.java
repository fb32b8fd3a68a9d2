package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.observability.secrets.MarkerSecrets;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.server.Behavior;
import org.stripeanalytics.server.SimulatedStripe;
import org.stripeanalytics.server.StripeApi;
import org.stripeanalytics.server.StripeServer;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.ProfileReader;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * An account that is younger than the events that Stripe keeps, imported from the API and loaded
 * directly: every figure of it is the same.
 */
class ImportedFiguresTest {
  private static final int CUSTOMERS = 3000;
  private static final String START = "2025-11-03";
  private static final String END = "2025-12-01";
  private static final Clock CLOCK = Clock.fixed(Instant.parse(END + "T00:05:00Z"), ZoneOffset.UTC);

  /** What depends on when something was delivered, and not on what. */
  private static final String BOOKKEEPING = "'_as_of', '_ingested_at', '_run_id'";

  private static final Set<Layer> COMPUTED =
      Set.of(Layer.INTERMEDIATE, Layer.DIMENSIONS, Layer.FACTS, Layer.MARTS);

  @TempDir private Path folder;

  @Test
  void everyTableThatIsComputedIsTheSameAsOfTheAccountLoadedDirectly() throws Exception {
    Path direct = folder.resolve("direct.duckdb");
    Path imported = folder.resolve("imported.duckdb");
    LocalRuns.run(
        "synthesize",
        direct,
        "--customers=" + CUSTOMERS,
        "--seed=5",
        "--sources=none",
        "--start=" + START,
        "--end=" + END);
    importAccount(imported);
    copyWhatStripeDoesNotKnow(direct, imported);

    // What the lists show is of the day of the extraction, which is the one after the last.
    String[] span = {"--from=" + START, "--to=2025-12-02"};
    DuckDbWarehouse expected = LocalRuns.run("transform", direct, span);
    DuckDbWarehouse found = LocalRuns.run("transform", imported, span);

    assertThat(rows(expected, Tables.MRR_MONTHLY), hasSize(greaterThan(5)));
    for (WarehouseTable<?> table : Tables.all()) {
      if (COMPUTED.contains(table.contract().layer())) {
        assertThat(table.name(), rows(found, table), is(rows(expected, table)));
      }
    }
  }

  private static void importAccount(Path file) throws Exception {
    SimulatedAccount account =
        new SimulatedAccount(
            ProfileReader.defaults(),
            5,
            CUSTOMERS,
            LocalDate.parse(START),
            LocalDate.parse(END),
            ZoneOffset.UTC);
    StripeApi api =
        new StripeApi(
            SimulatedStripe.hold(account, CLOCK.instant(), CLOCK, SimulatedStripe.LateEvents.NONE),
            Behavior.USUAL.withApiKey(MarkerSecrets.KEY).withRequestsPerSecond(1e6, 1e6),
            CLOCK);
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(screen, true, StandardCharsets.UTF_8);
    try (StripeServer server =
        StripeServer.start(api, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      int status =
          new Main(new Terminal(print, print, false), CLOCK)
              .run(
                  List.of(
                      "import-account",
                      "--apiBase=" + server.base(),
                      "--apiKey=marker:key",
                      "--output=" + file.resolveSibling("landing"),
                      "--rateLimit=100000",
                      "--overallLimit=100000",
                      "--runner=InMemoryRunner",
                      "--warehouse=duckdb:" + file));
      assertThat(screen.toString(StandardCharsets.UTF_8), status, is(ExitStatus.DONE));
    }
  }

  /** Marketing spend comes from elsewhere. */
  private static void copyWhatStripeDoesNotKnow(Path from, Path to) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + to);
        Statement statement = connection.createStatement()) {
      statement.execute("ATTACH '%s' AS direct (READ_ONLY)".formatted(from));
      statement.execute("INSERT INTO raw.marketing_spend FROM direct.raw.marketing_spend");
    }
  }

  private static List<List<Object>> rows(DuckDbWarehouse warehouse, WarehouseTable<?> table) {
    return warehouse
        .query(
            "SELECT COLUMNS(lambda c: c NOT IN (%s)) FROM %s ORDER BY ALL"
                .formatted(BOOKKEEPING, table.name()))
        .rows();
  }
}
