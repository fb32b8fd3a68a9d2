package org.stripeanalytics.contract.rows;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.auto.value.AutoValue;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source that nobody knew when this was built: its contract is put beside the others, the build's
 * own steps are run, and its export is ingested by a process of its own.
 */
class NewSourceTest {
  private static final String CONTRACT =
      """
      {
        "tableReference": {"datasetId": "raw", "tableId": "acme_visits"},
        "description": "One row per visit of a salesman.",
        "row": "AcmeVisit",
        "schema": {"fields": [
          {"name": "id", "type": "STRING", "mode": "REQUIRED", "description": "The visit."},
          {"name": "cost", "type": "NUMERIC", "mode": "NULLABLE", "description": "Its cost."},
          {"name": "deleted", "type": "BOOLEAN", "mode": "NULLABLE", "description": "Undone."},
          {"name": "_snapshot_date", "type": "DATE", "mode": "REQUIRED", "description": "Day."},
          {"name": "_changed_at", "type": "TIMESTAMP", "mode": "REQUIRED", "description": "Time."},
          {"name": "_source", "type": "STRING", "mode": "REQUIRED", "description": "Route."},
          {"name": "_payload", "type": "STRING", "mode": "NULLABLE", "description": "As it came."},
          {"name": "_ingested_at", "type": "TIMESTAMP", "mode": "REQUIRED", "description": "When."},
          {"name": "_run_id", "type": "STRING", "mode": "REQUIRED", "description": "The run."}
        ]},
        "timePartitioning": {"type": "MONTH", "field": "_snapshot_date"},
        "tableConstraints": {"primaryKey": {"columns": ["id", "_snapshot_date"]}},
        "labels": {"layer": "raw"},
        "source": {
          "name": "acme",
          "tables": ["visit"],
          "columns": {
            "id": {"from": ["Besuch"]},
            "cost": {"from": ["Kosten in Millionstel"], "as": "micros"},
            "deleted": {"from": ["gilt"], "as": "negated"}
          }
        },
        "quality": {"ownership": "observed", "volume": {"band": 0.5}}
      }
      """;

  @TempDir Path folder;

  @BeforeEach
  void theProcessorOfTheBuildHasToBeThere() throws URISyntaxException {
    assumeTrue(Files.exists(processor()), "auto-value is not beside its annotations");
  }

  @Test
  void aSourceIsAContractAndNoLineOfJava() throws Exception {
    Path classes = build();
    Files.writeString(
        folder.resolve("visit.csv"), "Besuch,Kosten in Millionstel,gilt\nB1,2500000,false\n");
    String warehouse = "--warehouse=" + folder.resolve("w.duckdb");

    String said =
        run(
            classes,
            "ingest",
            "--source=acme",
            "--input=" + folder.resolve("visit.csv"),
            warehouse,
            "--runner=InMemoryRunner");

    assertThat(said, containsString("raw.acme_visits"));
    assertThat(
        run(
            classes,
            "sql",
            warehouse,
            "--format=csv",
            "SELECT id, cost, deleted FROM staging.stg_acme_visits"),
        containsString("B1,2.5,true"));
  }

  /** What the build does with contracts, into a folder that comes first on the class path. */
  private Path build() throws IOException, URISyntaxException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path schemas = classes.resolve("schemas");
    try (Stream<Path> files = Files.walk(Path.of("schemas"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = schemas.resolve(Path.of("schemas").relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Files.writeString(schemas.resolve("raw/acme_visits.json"), CONTRACT);
    Path sources = folder.resolve("sources");
    WriteRowClasses.write(schemas, sources);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-nowarn",
                "-parameters",
                "-cp",
                System.getProperty("java.class.path"),
                "-processorpath",
                processor().toString(),
                "-d",
                classes.toString(),
                sources.resolve("org/stripeanalytics/contract/Tables.java").toString(),
                sources.resolve("org/stripeanalytics/model/raw/AcmeVisit.java").toString());
    assertThat(status, is(0));
    return classes;
  }

  private static String run(Path classes, String... args) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classes + File.pathSeparator + System.getProperty("java.class.path"),
                    "org.stripeanalytics.pipelines.local.Main"),
                Stream.of(args))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said, process.waitFor(), is(0));
    return said;
  }

  /** Beside the annotations in the repository that Maven keeps. */
  private static Path processor() throws URISyntaxException {
    Path annotations =
        Path.of(AutoValue.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String version = annotations.getParent().getFileName().toString();
    return annotations
        .resolve("../../../auto-value")
        .resolve(version)
        .resolve("auto-value-" + version + ".jar")
        .normalize();
  }
}
