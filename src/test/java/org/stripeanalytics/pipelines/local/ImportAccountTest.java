package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.observability.secrets.MarkerSecrets;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.server.Account;
import org.stripeanalytics.server.Behavior;
import org.stripeanalytics.server.SimulatedStripe;
import org.stripeanalytics.server.StripeApi;
import org.stripeanalytics.server.StripeServer;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.ProfileReader;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

class ImportAccountTest {
  private static final String START = "2025-01-01";
  private static final String END = "2026-01-01";
  private static final Clock CLOCK = Clock.fixed(Instant.parse(END + "T00:05:00Z"), ZoneOffset.UTC);

  /** What an import cannot know, or knows from elsewhere. */
  private static final String METADATA =
      "_snapshot_date, _changed_at, _ingested_at, _run_id, _source, _payload";

  @TempDir private Path folder;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  @Test
  void anImportedAccountIsTheAccountThatIsLoadedDirectly() throws Exception {
    DuckDbWarehouse direct =
        LocalRuns.run(
            "synthesize",
            folder.resolve("direct.duckdb"),
            "--customers=300",
            "--start=" + START,
            "--end=" + END,
            "--seed=5");
    Path file = folder.resolve("imported.duckdb");
    try (StripeServer server = server()) {
      assertThat(said(), run(importing(server, file)), is(ExitStatus.DONE));
      // The account stands still, so there is nothing to import a second time.
      assertThat(said(), run(importing(server, file)), is(ExitStatus.DONE));
      assertThat(said(), containsString("there is nothing new to ingest"));
    }
    DuckDbWarehouse imported = DuckDbWarehouse.openReadOnly(file);

    for (String table :
        List.of(
            "customers",
            "products",
            "prices",
            "coupons",
            "discounts",
            "payment_methods",
            "subscriptions",
            "invoices",
            "invoice_payments",
            "payment_intents",
            "charges",
            "refunds",
            "disputes",
            "balance_transactions",
            "payouts")) {
      assertThat(table, newest(imported, table), is(newest(direct, table)));
    }
    assertThat(eventsSince(imported, "2025-12-02"), is(eventsSince(direct, "2025-12-02")));
    assertThat(
        imported.query("SELECT count(*) FROM ops.rejected_records").rows().get(0).get(0), is(0L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                    | --apiKey is missing; say where the key is",
        "--apiKey=key                         | --apiKey is no reference to a secret; allowed are",
        "--apiKey=marker:refused              | --apiKey: the secret marker:refused cannot be had",
        "--apiKey=marker:key --without=charg  | --without=charg is not a type; allowed are product",
        "--apiKey=marker:key --since=soon     | --since=soon is not a day; write it like 2021-01-31",
        "--apiKey=marker:key --rateLimit=0    | --rateLimit=0 cannot be used; give a number from 1",
        "--apiKey=marker:key --apiBase=stripe | --apiBase=stripe is not the base of an API",
        "--apiKey=marker:key --apiBase=http://example.org | would send the key in the clear",
        "--apiKey=marker:key --output=gs://bucket/in | is no directory of this machine",
        "--apiKey=marker:key --input=file     | --input is not for import-account",
        "--apiKey=marker:key --maxRejectedFraction=2 | --maxRejectedFraction=2.0 is out of range",
        "--apiKey=marker:key --rate=3         | unknown option --rate",
      })
  void whatCannotBeUsedIsSaidInOneLineAndNothingIsLanded(String options, String message) {
    List<String> args = new ArrayList<>(List.of("import-account", "--output=" + folder + "/new"));
    if (options != null) {
      args.addAll(List.of(options.split(" +")));
    }

    assertThat(run(args), is(ExitStatus.BAD_INPUT));
    assertThat(said(), containsString(message));
    assertThat(said().lines().count(), is(1L));
    assertThat(Files.exists(folder.resolve("new")), is(false));
  }

  @Test
  void aKeyThatIsRefusedIsSaidInOneLine() throws Exception {
    try (StripeServer server =
        StripeServer.start(
            new StripeApi(account(), Behavior.USUAL.withApiKey("another"), CLOCK), anyPort())) {
      assertThat(run(importing(server, folder.resolve("none.duckdb"))), is(ExitStatus.BAD_INPUT));
    }
    assertThat(said(), containsString("refused with 401: Invalid API Key provided"));
    assertThat(said().lines().count(), is(1L));
  }

  /** The newest state of each object, by id. */
  private static Map<String, String> newest(DuckDbWarehouse warehouse, String table) {
    Map<String, String> rows = new TreeMap<>();
    for (List<Object> row :
        warehouse
            .query(
                "SELECT id, * EXCLUDE (id, %s) FROM raw.%s".formatted(unknowable(table), table)
                    + " QUALIFY row_number() OVER (PARTITION BY id ORDER BY _changed_at DESC) = 1")
            .rows()) {
      rows.put(String.valueOf(row.get(0)), row.toString());
    }
    return rows;
  }

  /** That a discount was removed says nothing but its event. */
  private static String unknowable(String table) {
    return table.equals("discounts") ? METADATA + ", deleted" : METADATA;
  }

  private static List<List<Object>> eventsSince(DuckDbWarehouse warehouse, String day) {
    return warehouse
        .query(
            "SELECT id, type, object_id, data_object, previous_attributes FROM raw.events WHERE"
                + " created >= TIMESTAMP '"
                + day
                + "' ORDER BY id")
        .rows();
  }

  private static Account account() {
    return SimulatedStripe.hold(
        new SimulatedAccount(
            ProfileReader.defaults(),
            5,
            300,
            LocalDate.parse(START),
            LocalDate.parse(END),
            ZoneOffset.UTC),
        CLOCK.instant(),
        CLOCK,
        SimulatedStripe.LateEvents.NONE);
  }

  private static StripeServer server() throws IOException {
    Behavior open = Behavior.USUAL.withApiKey(MarkerSecrets.KEY).withRequestsPerSecond(1e6, 1e6);
    return StripeServer.start(new StripeApi(account(), open, CLOCK), anyPort());
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private List<String> importing(StripeServer server, Path file, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "import-account",
                "--apiBase=" + server.base(),
                "--apiKey=marker:key",
                "--output=" + folder.resolve("landing"),
                "--rateLimit=100000",
                "--overallLimit=100000",
                "--warehouse=duckdb:" + file));
    args.addAll(List.of(more));
    return args;
  }

  private int run(List<String> args) {
    PrintStream print = new PrintStream(screen, true, StandardCharsets.UTF_8);
    return new Main(new Terminal(print, print, false), CLOCK).run(args);
  }

  private String said() {
    return screen.toString(StandardCharsets.UTF_8);
  }
}
