package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;
import org.stripeanalytics.warehouse.duckdb.ExportFormat;
import org.stripeanalytics.warehouse.duckdb.ExportManifest;
import org.stripeanalytics.warehouse.duckdb.ExportManifest.ExportedFile;
import org.stripeanalytics.warehouse.duckdb.ExportManifest.ExportedTable;

class ExportCommandTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir static Path created;
  @TempDir Path folder;
  private static Path warehouse;
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  @BeforeAll
  static void createWarehouse() {
    warehouse = created.resolve("stripe.duckdb");
    EmptyWarehouses.at(warehouse, ZoneId.of("UTC"), CLOCK);
  }

  @Test
  void anExportIsMadeAWarehouseAgain() {
    Path output = folder.resolve("export");

    assertThat(export("--output=" + output, "--tables=seeds"), is(0));
    assertThat(answer.toString(UTF_8), is(output.resolve("manifest.json") + "\n"));
    assertThat(messages.toString(UTF_8), is("exported 0 rows of 4 tables to 4 files\n"));

    Path again = folder.resolve("again.duckdb");
    assertThat(run("import-tables", "--input=" + output, "--warehouse=" + again), is(0));
    assertThat(DuckDbWarehouse.openReadOnly(again).reportingZone(), is(ZoneId.of("UTC")));
  }

  @Test
  void whatIsThereAlreadyIsNotOverwrittenUnasked() throws IOException {
    Path output = folder.resolve("export");
    assertThat(export("--output=" + output, "--tables=seeds"), is(0));
    String before = Files.readString(output.resolve("manifest.json"));

    assertThat(export("--output=" + output, "--tables=marts"), is(2));
    assertThat(Files.readString(output.resolve("manifest.json")), is(before));
    assertThat(
        messages.toString(UTF_8),
        containsString("is not empty; give another, or --overwrite to replace an earlier export"));

    assertThat(export("--output=" + output, "--tables=marts", "--overwrite"), is(0));
    assertThat(names(output), is(List.of("manifest.json", "marts")));
    assertThat(names(folder), is(List.of("export")));
  }

  @Test
  void aDirectoryThatIsNoExportIsNeverOverwritten() throws IOException {
    Path output = Files.createDirectory(folder.resolve("documents"));
    Files.writeString(output.resolve("letter.txt"), "Dear");

    assertThat(export("--output=" + output, "--overwrite"), is(2));

    assertThat(
        messages.toString(UTF_8),
        containsString("holds something else than an export; --overwrite replaces no other"));
    assertThat(names(output), is(List.of("letter.txt")));
  }

  @Test
  void anExportThatFailsLeavesNothing() throws IOException {
    Path absent = folder.resolve("absent.duckdb");

    assertThat(run("export", "--warehouse=" + absent, "--output=" + folder.resolve("out")), is(2));

    assertThat(messages.toString(UTF_8), containsString("there is no warehouse " + absent));
    assertThat(names(folder), is(List.of()));
  }

  /** Beam's file systems stand between, as they do before a bucket. */
  @Test
  void elsewhereAnExportIsReplacedFileByFileAndItsManifestIsLast() throws IOException {
    Path output = folder.resolve("bucket");

    ExportPlace.Bucket.at(output.toString(), false).fill(writing("old.parquet"));
    BadInput taken =
        assertThrows(BadInput.class, () -> ExportPlace.Bucket.at(output.toString(), false));
    ExportPlace.Bucket.at(output.toString(), true).fill(writing("new.parquet"));

    assertThat(taken.getMessage(), containsString("is not empty"));
    assertThat(names(output.resolve("layer")), is(List.of("new.parquet")));
    assertThat(Files.readString(output.resolve("layer/new.parquet")), is("rows"));
    assertThat(Files.readString(output.resolve("manifest.json")), is("new.parquet"));
  }

  private static Function<Path, ExportManifest> writing(String file) {
    return directory -> {
      try {
        Files.createDirectory(directory.resolve("layer"));
        Files.writeString(directory.resolve("layer").resolve(file), "rows");
        Files.writeString(directory.resolve("manifest.json"), file);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      ExportedTable table =
          new ExportedTable(
              "layer.table",
              "",
              null,
              1,
              null,
              List.of(),
              List.of(new ExportedFile("layer/" + file, 4, "")));
      return new ExportManifest(ExportFormat.PARQUET, "", "UTC", List.of(table));
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tables=marts.mmr   | --tables=marts.mmr is not known; allowed are"
            + " marts.attribution_monthly, marts.",
        "--tables=mart        | --tables=mart is not known; allowed are the layers raw, seeds,",
        "--tables=            | --tables= is not known; allowed are the layers raw, seeds,",
        "--format=orc         | --format=orc is not known; allowed are parquet, csv",
        "--overwrite=maybe    | --overwrite=maybe cannot be used; give true or false",
        "--output=            | --output= is no path; allowed is the path of a directory",
        "--output=/           | --output=/ is a whole disk; give a directory on it",
        "--outputs=x          | unknown option --outputs; did you mean --output?",
        "--warehouse=bigquery:a-project | is not on this machine; BigQuery writes its tables",
        "loose                | unexpected \"loose\"",
      })
  void whatCannotBeUsedIsOneLine(String option, String complaint) throws IOException {
    String output = "--output=" + folder.resolve("out");
    int status = option.startsWith("--output=") ? export(option) : run("export", output, option);

    assertThat(status, is(2));
    assertThat(messages.toString(UTF_8), containsString(complaint));
    assertThat(messages.toString(UTF_8).lines().count(), is(1L));
    assertThat(names(folder), is(List.of()));
  }

  @Test
  void anImportNeverReplacesAWarehouse() {
    Path output = folder.resolve("export");
    assertThat(export("--output=" + output, "--tables=seeds"), is(0));

    assertThat(run("import-tables", "--input=" + output, "--warehouse=" + warehouse), is(2));

    assertThat(
        messages.toString(UTF_8),
        containsString("is there already; an import makes a new warehouse, give another path"));
  }

  private int export(String... options) {
    return run(
        Stream.concat(Stream.of("export", "--warehouse=" + warehouse), Stream.of(options))
            .toArray(String[]::new));
  }

  private int run(String... args) {
    Terminal terminal =
        new Terminal(
            new PrintStream(answer, true, UTF_8), new PrintStream(messages, true, UTF_8), false);
    return new Main(terminal, CLOCK).run(List.of(args));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }
}
