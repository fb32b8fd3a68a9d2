package org.stripeanalytics.warehouse.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;
import static org.stripeanalytics.warehouse.ExampleRows.anInvoice;
import static org.stripeanalytics.warehouse.bigquery.LocalWarehouses.JANUARY;
import static org.stripeanalytics.warehouse.bigquery.LocalWarehouses.NOON;

import com.google.api.services.bigquery.model.TableRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.gcp.testing.FakeBigQueryServices;
import org.apache.beam.sdk.io.gcp.testing.FakeDatasetService;
import org.apache.beam.sdk.io.gcp.testing.FakeJobService;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.StagedRows;

/** Loads as Beam's own fakes of BigQuery understand them, up to the staging table. */
class FakeLoadsTest {
  @TempDir private Path directory;
  private final FakeDatasetService datasets = new FakeDatasetService();
  private LocalBigQuery local;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    local = LocalBigQuery.start(directory);
    FakeDatasetService.setUp();
    FakeJobService.setUp();
    datasets.createDataset("a-project", "dev_loads", "EU", "", null);
  }

  @AfterEach
  void stop() {
    local.close();
  }

  @Test
  void aLoadLeavesItsRowsInTheStagingTableAndSaysHowMany() throws Exception {
    stage(Tables.FX_RATES, 2, aRate("usd", "1"), aRate("eur", "1.000000001"));

    assertThat(
        rows("_load_seeds_fx_rates_run_1_20240601120000000000"),
        containsInAnyOrder(
            new TableRow().set("currency", "usd").set("rate", "1.000000000"),
            new TableRow().set("currency", "eur").set("rate", "1.000000001")));
  }

  @Test
  void nestedRowsAreLoadedNested() throws Exception {
    stage(Tables.INVOICES, 1, anInvoice("in_1", LocalDate.of(2024, 1, 31), 2).build());

    TableRow row = rows("_load_raw_invoices_run_1_20240601120000000000").get(0);
    assertThat(row.get("_snapshot_date"), is("2024-01-31"));
    List<?> lines = (List<?>) row.get("lines");
    assertThat(lines.size(), is(2));
    assertThat(((Map<?, ?>) lines.get(1)).get("id"), is("il_1in_1"));
    assertThat(((Map<?, ?>) row.get("parent")).get("subscription"), is("sub_1in_1"));
  }

  private List<TableRow> rows(String table) throws IOException, InterruptedException {
    return datasets.getAllRows("a-project", "dev_loads", table);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private <T> void stage(WarehouseTable<T> table, long count, T... rows) {
    PipelineOptions options = LocalWarehouses.options(local, directory);
    var publication =
        LocalWarehouses.at(local, directory)
            .withServices(
                new FakeBigQueryServices()
                    .withDatasetService(datasets)
                    .withJobService(new FakeJobService()))
            .publication("run_1", JANUARY, NOON);
    Pipeline pipeline = Pipeline.create(options);
    var staged =
        pipeline
            .apply("Rows", Create.of(List.of(rows)).withCoder(table.coder()))
            .apply("Load", publication.load(table));
    String name = table.name().replace('.', '_');
    PAssert.that(staged)
        .containsInAnyOrder(
            StagedRows.of(
                table.name(), "dev_loads._load_" + name + "_run_1_20240601120000000000", count));
    pipeline.run().waitUntilFinish();
  }
}
