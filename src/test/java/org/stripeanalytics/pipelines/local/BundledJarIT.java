package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the bundled jar as the scripts do, each time in a process of its own. */
class BundledJarIT {
  private static final int PATIENCE_MINUTES = 10;

  @TempDir Path folder;
  @TempDir Path screen;

  @Test
  void aRunOnFlinkLeavesAWarehouseThatAnswersQueries() throws Exception {
    Result run = start("run-local", "--customers=50", "--seed=7", "--warehouse=stripe.duckdb");

    assertThat(run.errors(), run.status(), is(0));
    assertThat(
        run.output(),
        allOf(
            containsString("MRR"),
            containsString("raw"),
            containsString("synthesize"),
            containsString("stripe.duckdb"),
            containsString(Path.of("report", "index.html").toString()),
            containsString("scripts/sql")));
    assertThat(run.errors(), containsString("[2/4] transform"));
    assertThat(run.errors(), not(containsString("WARN")));
    assertThat(namesInFolder(), is(List.of("report", "stripe.duckdb", "stripe.lineage.ndjson")));

    Result sql =
        start(
            "sql",
            "SELECT count(DISTINCT id) AS customers FROM raw.customers",
            "--format=csv",
            "--warehouse=stripe.duckdb");
    assertThat(sql.errors(), sql.status(), is(0));
    assertThat(sql.output(), is("customers\r\n50\r\n"));
    assertThat(sql.errors(), is(""));
  }

  @Test
  void badInputIsOneLineAndStatusTwo() throws Exception {
    Result run = start("run-local", "--custmers=50", "--warehouse=stripe.duckdb");

    assertThat(run.status(), is(2));
    assertThat(run.output(), is(""));
    assertThat(
        run.errors(),
        is("unknown option --custmers; did you mean --customers?" + System.lineSeparator()));
    assertThat(namesInFolder(), is(List.of()));
  }

  private record Result(int status, String output, String errors) {}

  private Result start(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("scripts", "jvm-options").toAbsolutePath());
    command.add("-jar");
    command.add(System.getProperty("bundled.jar"));
    command.addAll(List.of(args));
    Path output = screen.resolve("output");
    Path errors = screen.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    return new Result(
        ended ? process.exitValue() : -1,
        Files.readString(output, UTF_8),
        Files.readString(errors, UTF_8));
  }

  private List<String> namesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
