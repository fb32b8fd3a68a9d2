package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** Runs in processes of their own that are killed at the worst moments, and what is left. */
class ResumeTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  @TempDir Path work;
  private Path file;
  private Path building;
  private Path state;
  private Process process;

  @BeforeEach
  void name() {
    file = folder.resolve("stripe.duckdb");
    building = Path.of(file + ".building");
    state = RunState.beside(file);
  }

  @AfterEach
  void endProcess() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aRunThatIsKilledNeverLeavesLessThanThereWas() throws Exception {
    createOldWarehouse();

    // Killed when its first task is done.
    start("run-local", "--customers=3", "--end=2021-03-01");
    killWhen(() -> Files.exists(state));
    assertThat(madeAt(), is("2026-01-01"));

    // Somebody frees the disk.
    Path saved = Files.move(building, folder.resolve("saved"));
    assertThat(
        refusal("run-local", "--resume"),
        is(building + ", which the run had begun to build, is gone; start anew\n"));
    assertThat(madeAt(), is("2026-01-01"));

    // A rerun is killed early: what lies there now is not what the state describes.
    DuckDbWarehouse.open(building, ZoneOffset.UTC, CLOCK).createTables();
    assertThat(
        refusal("run-local", "--resume"), containsString(building + " does not hold what run "));
    assertThat(madeAt(), is("2026-01-01"));

    // Gone on with, and killed as soon as the new warehouse has its name.
    Files.move(saved, building, StandardCopyOption.REPLACE_EXISTING);
    start("run-local", "--resume");
    killWhen(() -> !Files.exists(building));
    assertThat(refusal("run-local", "--resume"), startsWith("no run of " + file + " has failed"));
    DuckDbWarehouse now = DuckDbWarehouse.openReadOnly(file);
    assertThat(
        now.query("SELECT DISTINCT pipeline FROM ops.run_log ORDER BY 1").rows(), hasSize(5));
    assertThat(
        (Long) now.query("SELECT COUNT(*) FROM dimensions.dim_date").value(), greaterThan(0L));
    assertThat(madeAt(), is(not("2026-01-01")));
    assertThat(namesBeside(), is(List.of("stripe.duckdb", "stripe.lineage.ndjson")));
  }

  private void createOldWarehouse() {
    DuckDbWarehouse.open(file, ZoneOffset.UTC, CLOCK).createTables();
  }

  /** When the warehouse was made says which one it is. */
  private Object madeAt() {
    return DuckDbWarehouse.openReadOnly(file)
        .query("SELECT CAST(_ingested_at AS DATE)::VARCHAR FROM ops.warehouse_settings")
        .value();
  }

  private void start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("scripts", "jvm-options").toAbsolutePath());
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(work.resolve("tmp")));
    command.addAll(List.of("-cp", absoluteClassPath(), Main.class.getName()));
    command.addAll(List.of(args));
    command.add("--warehouse=" + file);
    process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("screen").toFile())
            .start();
  }

  private static String absoluteClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Kills the process at the first moment at which this is so. */
  private void killWhen(BooleanSupplier moment) throws Exception {
    while (!moment.getAsBoolean()) {
      if (process.waitFor(1, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it ended too early: " + Files.readString(work.resolve("screen")));
      }
    }
    process.destroyForcibly().waitFor();
  }

  private String refusal(String... args) {
    List<String> command = new ArrayList<>(List.of(args));
    command.add("--warehouse=" + file);
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(screen, true, UTF_8);
    assertThat(new Main(new Terminal(print, print, false), CLOCK).run(command), is(2));
    assertThat(screen.toString(UTF_8).lines().count(), is(1L));
    return screen.toString(UTF_8);
  }

  private List<String> namesBeside() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }
}
