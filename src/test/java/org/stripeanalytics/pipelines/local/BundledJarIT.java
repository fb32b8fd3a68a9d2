package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the bundled jar as the scripts do, each time in a process of its own. */
class BundledJarIT {
  @TempDir Path folder;
  @TempDir Path screen;

  @Test
  void aRunOnFlinkLeavesAWarehouseThatAnswersQueries() throws Exception {
    BundledJar.Result run =
        start("run-local", "--customers=50", "--seed=7", "--warehouse=stripe.duckdb");

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
    assertThat(run.errors(), containsString("[2/5] transform"));
    assertThat(run.errors(), not(containsString("WARN")));
    assertThat(namesInFolder(), is(List.of("report", "stripe.duckdb", "stripe.lineage.ndjson")));

    BundledJar.Result sql =
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
    BundledJar.Result run = start("run-local", "--custmers=50", "--warehouse=stripe.duckdb");

    assertThat(run.status(), is(2));
    assertThat(run.output(), is(""));
    assertThat(
        run.errors(),
        is("unknown option --custmers; did you mean --customers?" + System.lineSeparator()));
    assertThat(namesInFolder(), is(List.of()));
  }

  private BundledJar.Result start(String... args) throws IOException, InterruptedException {
    return BundledJar.run(folder, screen, args);
  }

  private List<String> namesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
