package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/** The command line as its user sees it: answers, messages and exit status. */
class MainTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir static Path created;
  @TempDir Path folder;
  private Path file;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  @BeforeAll
  static void createWarehouse() {
    EmptyWarehouses.at(created.resolve("stripe.duckdb"), ZoneId.of("UTC"), CLOCK);
  }

  @BeforeEach
  void copyWarehouse() throws IOException {
    file = Files.copy(created.resolve("stripe.duckdb"), folder.resolve("stripe.duckdb"));
  }

  @Test
  void withoutACommandTheCommandsAreListed() {
    assertThat(run(), is(0));
    assertThat(answer(), allOf(containsString("run-local"), containsString("transform")));
  }

  @Test
  void anUnknownCommandIsRefusedWithThoseThatAreAllowed() {
    assertThat(run("dance"), is(2));
    assertThat(
        message(),
        is(
            "unknown command dance; allowed are run-local, sql, report, attribute, backup, restore,"
                + " export, import-tables, generate, schema-diff, stripe-server, webhooks, extract,"
                + " import-account, reconcile, fit-retention, survival, stream, ingest, collect,"
                + " replay, synthesize, transform, predict, connect, check\n"));
  }

  @Test
  void aTargetThatNothingIsGeneratedForIsRefused() {
    assertThat(run("generate", ".", "--target=looker"), is(2));

    assertThat(
        message(), is("--target=looker is not known; allowed are templates, dbt and kubernetes\n"));
  }

  @Test
  void aRowClassIsPrintedByItsName() {
    assertThat(run("generate", ".", "--rows=CustomerTruth"), is(0));

    assertThat(answer(), containsString("public abstract class CustomerTruth "));
  }

  @Test
  void withoutANameTheNamesOfAllRowClassesArePrinted() {
    assertThat(run("generate", ".", "--rows"), is(0));

    assertThat(answer(), containsString("org.stripeanalytics.model.marts.MrrMonthly\n"));
  }

  @Test
  void aRowClassThatNoContractHasIsRefused() {
    assertThat(run("generate", ".", "--rows=Cheque"), is(2));

    assertThat(
        message(),
        is("--rows=Cheque names no class; scripts/generate --rows prints the names of all\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--custmers=5",
        "--start=yesterday",
        "--end=2020-12-31",
        "--customers=0",
        "--customers=-1",
        "--customers=many",
        "--mrrDiscounts=some",
        "--churnAt=never",
        "--includePastDue=perhaps",
        "--grossMargin=80%",
        "--newDays=0",
        "--championMonths=13",
        "--reportingCurrency=dollars",
        "--reportingZone=Mars",
        "--runner=SparkRunner",
        "--runner=DataflowRunner",
        "--from=2022-01-01=",
        "loose"
      })
  void badInputIsOneLineAndLeavesTheWarehouseAlone(String bad) throws IOException {
    byte[] before = Files.readAllBytes(file);

    assertThat(run("run-local", "--warehouse=" + file, bad), is(2));

    assertThat(message(), not(containsString("\tat ")));
    assertThat(message().lines().count(), is(1L));
    assertThat(Files.readAllBytes(file), is(before));
    assertThat(namesInFolder(), is(List.of("stripe.duckdb")));
  }

  @Test
  void anotherReportingZoneThanTheWarehousesIsRefused() throws IOException {
    byte[] before = Files.readAllBytes(file);

    assertThat(run("transform", "--warehouse=" + file, "--reportingZone=Europe/Berlin"), is(2));

    assertThat(
        message(),
        is(
            file
                + " was created for the reporting zone UTC, not Europe/Berlin; give that zone, or"
                + " another file\n"));
    assertThat(Files.readAllBytes(file), is(before));
  }

  @Test
  void aForeignFileIsRefusedAndLeftAlone() throws IOException {
    Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear reader,");

    assertThat(run("run-local", "--warehouse=" + letter), is(2));

    assertThat(message(), startsWith(letter + " is not a DuckDB file;"));
    assertThat(message().lines().count(), is(1L));
    assertThat(Files.readString(letter), is("Dear reader,"));
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefused() throws IOException {
    Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear reader,");

    assertThat(run("run-local", "--warehouse=" + letter.resolve("stripe.duckdb")), is(2));

    assertThat(message(), startsWith(letter + " cannot be written to;"));
    assertThat(message().lines().count(), is(1L));
  }

  @Test
  void aQueryIsAnsweredInTheFormatAskedFor() {
    assertThat(
        run("sql", "SELECT 1 AS one, 'a' AS letter", "--format=csv", "--warehouse=" + file), is(0));
    assertThat(answer(), is("one,letter\r\n1,a\r\n"));
    assertThat(message(), is(""));
  }

  @Test
  void aQueryThatIsWrongIsOneLine() {
    assertThat(run("sql", "SELECT * FROM raw.custmers", "--warehouse=" + file), is(2));
    assertThat(message(), containsString("custmers does not exist"));
    assertThat(message().lines().count(), is(1L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1/'x' | Conversion Error: Could not convert string 'x' to DOUBLE",
        "SELECT error('no rate') | Invalid Input Error: no rate",
        "SELEC 1 | Parser Error: syntax error at or near \"SELEC\"",
      })
  void aQueryThatCannotBeAnsweredKeepsTheReasonOfTheDatabase(String query, String reason) {
    assertThat(run("sql", query, "--warehouse=" + file), is(2));
    assertThat(message(), is(reason + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM raw.customers",
        "CREATE TEMP TABLE t AS SELECT 1",
        "COPY (SELECT 1) TO '%s/written.csv'",
        "COPY (SELECT 1) TO '%s/stripe.duckdb'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '%s/written.csv'",
        "EXPLAIN (ANALYZE, FORMAT json) COPY (SELECT 1) TO '%s/written.csv'",
        "SELECT 1; COPY (SELECT 1) TO '%s/written.csv'",
        "COPY (SELECT 1) TO '%s/written.csv'; SELECT 1",
        "SELECT ';' AS semicolon; COPY (SELECT 1) TO '%s/written.csv'",
        "COMMIT; COPY (SELECT 1) TO '%s/written.csv'",
        "SELECT * FROM (PIVOT raw.invoices ON status USING count(*))",
        "EXPORT DATABASE '%s/written'",
        "ATTACH '%s/written.duckdb' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET log_query_path = '%s/written'",
        "PRAGMA profiling_output = '%s/written'",
        "CALL enable_logging(storage = 'file', storage_path = '%s/written')",
        "SELECT * FROM enable_logging(storage = 'file', storage_path = '%s/written')",
        "SELECT * FROM read_csv('%s/other.csv')",
        "CHECKPOINT"
      })
  void aQueryReadsTheWarehouseAndTouchesNothingElse(String query) throws IOException {
    Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
    byte[] before = Files.readAllBytes(file);

    assertThat(run("sql", query.formatted(folder), "--warehouse=" + file), is(2));

    assertThat(message().lines().count(), is(1L));
    assertThat(answer(), is(""));
    assertThat(namesInFolder(), is(List.of("other.csv", "stripe.duckdb")));
    assertThat(Files.readAllBytes(file), is(before));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM raw.customers; -- how many",
        "SELECT ';' AS semicolon",
        "WITH c AS (FROM raw.customers) SELECT count(*) FROM c",
        "FROM raw.customers",
        "DESCRIBE raw.customers",
        "SHOW ALL TABLES",
        "SUMMARIZE raw.customers",
        "EXPLAIN SELECT 1",
        "explain analyze select 1",
        "PIVOT raw.invoices ON status IN ('paid', 'open') USING count(*) GROUP BY currency"
      })
  void everyFormOfAQueryIsAnswered(String query) {
    assertThat(run("sql", query, "--warehouse=" + file), is(0));
    assertThat(message(), is(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--checksums --without=id,nosuch | --without=id,nosuch names no column of any table outside"
            + " ops: nosuch; allowed are columns as in schemas/, separated by commas",
        "--without=id | --without=id goes with --checksums"
      })
  void columnsThatCannotBeLeftOutAreRefusedBeforeAnythingIsOpened(String options, String refusal) {
    List<String> args = new ArrayList<>(List.of("sql", "--warehouse=" + folder.resolve("none")));
    args.addAll(List.of(options.split(" ")));
    if (!args.contains("--checksums")) {
      args.add("SELECT 1");
    }

    assertThat(run(args.toArray(String[]::new)), is(2));
    assertThat(message(), is(refusal + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sql,SELECT 1",
        "sql,--checksums",
        "report",
        "backup",
        "check",
        "replay,--run=nightly",
        "transform,--to=2021-02-01"
      })
  void aWarehouseThatIsNotThereIsRefusedAndNotMade(String command) throws IOException {
    List<String> args = new ArrayList<>(List.of(command.split(",")));
    args.add("--warehouse=" + folder.resolve("none.duckdb"));
    List<String> before = namesInFolder();

    assertThat(run(args.toArray(String[]::new)), is(2));

    assertThat(message(), startsWith("there is no warehouse "));
    assertThat(message().lines().count(), is(1L));
    assertThat(namesInFolder(), is(before));
  }

  @Test
  void checksumsListEveryTableOutsideOps() {
    assertThat(run("sql", "--checksums", "--format=csv", "--warehouse=" + file), is(0));
    assertThat(answer(), containsString("raw.customers,0,0\r\n"));
    assertThat(answer(), not(containsString("ops.")));
  }

  @Test
  void aReportIsOneFileWhoseNameIsTheAnswer() {
    Path directory = folder.resolve("pages");

    assertThat(run("report", "--warehouse=" + file, "--output=" + directory), is(0));

    assertThat(answer(), is(directory.resolve("index.html") + "\n"));
    assertThat(Files.exists(directory.resolve("index.html")), is(true));
  }

  @Test
  void aDirectoryMayBeGivenAsAFileUri() throws IOException {
    Path pages = folder.resolve("pages");
    Path objects = folder.resolve("objects");

    run("report", "--warehouse=" + file, "--output=file://" + pages);
    run("synthesize", "--customers=1", "--end=2021-02-01", "--output=file://" + objects);

    assertThat(Files.exists(pages.resolve("index.html")), is(true));
    assertThat(Files.exists(objects.resolve("products")), is(true));
    assertThat(Files.exists(Path.of("file:")), is(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--warehouse=none.duckdb", "--output=", "--outputs=pages", "loose"})
  void aReportThatCannotBeWrittenIsOneLine(String bad) {
    assertThat(run("report", bad), is(2));
    assertThat(message().lines().count(), is(1L));
  }

  @Test
  void aReportOfARunThatCannotBeWrittenIsRefusedBeforeTheRun() throws IOException {
    Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear reader,");

    assertThat(
        run("run-local", "--warehouse=" + file, "--report=" + letter.resolve("pages")), is(2));

    assertThat(
        message(),
        is(
            "--report=%s/pages cannot be written to; give a directory that can\n"
                .formatted(letter)));
  }

  @Test
  void aBackupThatCannotBeWrittenIsOneLine() throws IOException {
    Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear reader,");

    assertThat(run("backup", "--warehouse=" + file, "--output=" + letter), is(2));

    assertThat(
        message(),
        is("--output=%s cannot be written to; give a directory that can\n".formatted(letter)));
  }

  @Test
  void aBackupWithoutItsChecksumIsNotRestored() throws IOException {
    run("backup", "--warehouse=" + file, "--output=" + folder.resolve("backups"));
    Path backup = Path.of(answer().strip());
    Files.delete(Path.of(backup + ".sha256"));

    assertThat(run("restore", "--backup=" + backup, "--warehouse=" + file), is(2));

    assertThat(
        message(),
        is(
            "%s has no checksum beside it; restore needs %s.sha256, which backup wrote there\n"
                .formatted(backup, backup.getFileName())));
  }

  @Test
  void aDirectoryIsNoBackup() {
    assertThat(run("restore", "--backup=" + folder, "--warehouse=" + file), is(2));
    assertThat(message(), is("there is no backup " + folder + "; give the path of one\n"));
  }

  @Test
  void aWarehouseCannotBeRestoredToWhereNothingCanBeWritten() throws IOException {
    run("backup", "--warehouse=" + file, "--output=" + folder.resolve("backups"));
    String backup = answer().strip();

    assertThat(run("restore", "--backup=" + backup, "--warehouse=" + backup + "/new"), is(2));

    assertThat(
        message(), is(backup + " cannot be written to; give a path in a directory that can\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch://", "nosuch://bucket/*.ndjson", "gs://"})
  void filesThatCannotBeReachedFromHereAreRefusedBeforeAnythingStarts(String input) {
    assertThat(
        run("ingest", "--input=" + input, "--warehouse=" + folder.resolve("new.duckdb")), is(2));

    assertThat(
        message(),
        is(
            "--input=%s cannot be read from here; allowed are paths of this machine and"
                    .formatted(input)
                + " gs://BUCKET/FILE\n"));
    assertThat(Files.exists(folder.resolve("new.duckdb")), is(false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody | has rejected nothing here; ops.rejected_records lists what each run_id has",
        "a.b | is not a valid run id; use 1 to 64 letters, digits, \"-\" or \"_\""
      })
  void aRunThatCannotBeReplayedIsRefusedBeforeAnythingStarts(String id, String refusal) {
    assertThat(run("replay", "--run=" + id, "--warehouse=" + file), is(2));
    assertThat(message(), endsWith("--run=%s %s\n".formatted(id, refusal)));
    assertThat(message(), not(containsString("rows")));
  }

  @Test
  void helpListsOptionsWithTheirDefaults() {
    assertThat(run("run-local", "--help"), is(0));
    assertThat(answer(), containsString("--customers=10000\n"));
    assertThat(answer(), containsString("Without --runner it is InMemoryRunner for up to"));
  }

  private int run(String... args) {
    Terminal terminal =
        new Terminal(
            new PrintStream(output, true, UTF_8), new PrintStream(messages, true, UTF_8), false);
    return new Main(terminal, CLOCK).run(List.of(args));
  }

  private String answer() {
    return output.toString(UTF_8);
  }

  private String message() {
    return messages.toString(UTF_8);
  }

  private List<String> namesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
