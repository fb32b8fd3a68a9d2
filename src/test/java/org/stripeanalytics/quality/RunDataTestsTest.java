package org.stripeanalytics.quality;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.QualityResult;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

@ExtendWith(TestPipelineExtension.class)
class RunDataTestsTest {
  private static final Instant NOW = Instant.parse("2024-01-06T02:00:00Z");
  private static final LocalDate AS_OF = LocalDate.of(2024, 1, 6);

  @Test
  void everyTableIsAskedAndAnEmptyWarehouseLacksOnlyWhatMustBeThere(
      TestPipeline pipeline, @TempDir Path folder) {
    DuckDbWarehouse warehouse =
        EmptyWarehouses.at(
            folder.resolve("w.duckdb"), ZoneOffset.UTC, Clock.fixed(NOW, ZoneOffset.UTC));

    PCollection<QualityResult> results =
        pipeline.apply("RunDataTests", RunDataTests.of(warehouse, AS_OF));

    PAssert.that(names(results, "Schema", "schema"))
        .containsInAnyOrder(Tables.all().stream().map(WarehouseTable::name).toList());
    PAssert.that(
            results
                .apply("Failed", Filter.by(result -> !result.getPassed()))
                .apply(
                    "Names",
                    MapElements.into(TypeDescriptors.strings())
                        .via(result -> result.getTableName() + " " + result.getRule())))
        .containsInAnyOrder(
            Tables.all().stream()
                // What is streamed may well be nothing, as may what runs say of themselves.
                .filter(table -> table.contract().layer().isReproducible())
                .filter(table -> table.contract().quality().volume().least() > 0)
                .map(table -> table.name() + " volume")
                .toList());
    pipeline.run();
  }

  private static PCollection<String> names(
      PCollection<QualityResult> results, String step, String rule) {
    return results
        .apply("Of" + step, Filter.by(result -> result.getRule().equals(rule)))
        .apply(step, MapElements.into(TypeDescriptors.strings()).via(QualityResult::getTableName))
        .setCoder(StringUtf8Coder.of());
  }

  @Test
  void aBrokenPromiseOfSeverityErrorFailsTheRunWithAList(TestPipeline pipeline) {
    fail(pipeline, result("error", false), result("error", false), result("warn", false));

    Throwable failure =
        assertThrows(PipelineExecutionException.class, () -> pipeline.run()).getCause();

    assertThat(
        failure.getMessage(),
        is(
            """
            2 data tests failed:
              marts.mrr_daily  condition adds_up: 3 of 70 rows; 1 = 1; as in day=2024-01-01
              marts.mrr_daily  condition adds_up: 3 of 70 rows; 1 = 1; as in day=2024-01-01
            ops.quality_results has the query that lists the rows (failing_sql)\
            """));
  }

  @Test
  void whatIsOnlyWarnedOfLetsTheRunSucceed(TestPipeline pipeline) {
    fail(pipeline, result("warn", false), result("error", true));

    pipeline.run();
  }

  private static void fail(TestPipeline pipeline, QualityResult... results) {
    PCollection<QualityResult> all =
        pipeline.apply(
            "Results", Create.of(List.of(results)).withCoder(Tables.QUALITY_RESULTS.coder()));
    PCollection<Void> stored = pipeline.apply("Stored", Create.empty(VoidCoder.of()));
    all.apply("FailOnErrors", FailOnErrors.after(stored));
  }

  private static QualityResult result(String severity, boolean passed) {
    return QualityResult.builder()
        .setTableName("marts.mrr_daily")
        .setRule("condition")
        .setTarget("adds_up")
        .setSeverity(severity)
        .setDescription("1 = 1")
        .setPassed(passed)
        .setFailingCount(passed ? 0 : 3)
        .setRowCount(70)
        .setSampleKeys(passed ? List.of() : List.of("day=2024-01-01"))
        .setFailingSql("SELECT 1")
        .setAsOf(AS_OF)
        .build();
  }
}
