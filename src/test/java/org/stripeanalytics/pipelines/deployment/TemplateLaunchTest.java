package org.stripeanalytics.pipelines.deployment;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * Every template started as Dataflow's launcher starts it: its main method with {@code
 * --name=value}, from the example values of the checked-in metadata. Only where the warehouse and
 * the files are is another, because there is no cloud, and so is the runner.
 */
class TemplateLaunchTest {
  @TempDir static Path folder;

  @Test
  void everyTemplateRunsOnItsExampleValues() throws IOException {
    Path file = folder.resolve("launched.duckdb");
    String warehouse = "duckdb:" + file;

    launch(
        "synthesize", Map.of("warehouse", warehouse), Set.of("customers", "start", "end", "seed"));
    launch("transform", Map.of("warehouse", warehouse), Set.of("asOf", "fiscalYearStart"));
    launch("check", Map.of("warehouse", warehouse), Set.of());
    assertThat(
        DuckDbWarehouse.openReadOnly(file)
            .query("SELECT DISTINCT pipeline FROM ops.run_log WHERE outcome = 'succeeded'")
            .rows()
            .stream()
            .map(row -> (String) row.get(0))
            .toList()
            .size(),
        is(3));
    assertThat(count(file, "marts.mrr_monthly"), greaterThan(0L));
  }

  @Test
  void ingestAndReplayRunOnTheirExampleValues() throws IOException {
    Path file = folder.resolve("ingested.duckdb");
    String warehouse = "duckdb:" + file;
    Path input = folder.resolve("objects.ndjson");
    Files.writeString(
        input,
        """
        {"object":"marketing_spend","day":"2026-01-30","channel":"paid_search","region":"emea","amount":1200,"currency":"usd"}
        {"object":"customer"}
        """);

    launch(
        "ingest",
        Map.of(
            "warehouse",
            warehouse,
            "input",
            input.toString(),
            "runId",
            "nightly-20260131",
            "maxRejectedFraction",
            "1"),
        Set.of("extractedOn"));
    assertThat(count(file, "ops.rejected_records"), is(1L));

    launch("replay", Map.of("warehouse", warehouse, "maxRejectedFraction", "1"), Set.of());
    assertThat(
        DuckDbWarehouse.openReadOnly(file)
            .query("SELECT DISTINCT pipeline FROM ops.run_log")
            .rows()
            .stream()
            .map(row -> (String) row.get(0))
            .toList(),
        hasItem("replay"));
  }

  /**
   * @param here values that cannot be those of the cloud
   * @param optional parameters to give besides those that must be
   */
  private static void launch(String name, Map<String, String> here, Set<String> optional)
      throws IOException {
    JsonNode metadata =
        JsonFiles.JSON.readTree(Path.of("templates", name, "metadata.json").toFile());
    List<String> args = new ArrayList<>(List.of("--runner=InMemoryRunner"));
    for (JsonNode parameter : metadata.get("parameters")) {
      String option = parameter.get("name").asText();
      String example = parameter.get("customMetadata").get("example").asText();
      if (here.containsKey(option)) {
        args.add("--" + option + "=" + here.get(option));
      } else if (!parameter.get("isOptional").asBoolean() || optional.contains(option)) {
        args.add("--" + option + "=" + example);
      }
    }
    PipelineMain<?> pipeline = Pipelines.named(name);
    pipeline.launch(args.toArray(String[]::new));
  }

  private static long count(Path file, String table) {
    return (Long) DuckDbWarehouse.openReadOnly(file).query("SELECT count(*) FROM " + table).value();
  }
}
