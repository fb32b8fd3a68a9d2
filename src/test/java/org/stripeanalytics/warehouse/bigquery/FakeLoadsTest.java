package org.stripeanalytics.warehouse.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;
import static org.stripeanalytics.warehouse.ExampleRows.anInvoice;
import static org.stripeanalytics.warehouse.bigquery.LocalWarehouses.JANUARY;
import static org.stripeanalytics.warehouse.bigquery.LocalWarehouses.NOON;

import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.TableRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.gcp.testing.FakeDatasetService;
import org.apache.beam.sdk.io.gcp.testing.FakeJobService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.StagedRows;

/** Load jobs and their Avro files as Beam's own fake of BigQuery understands them. */
class FakeLoadsTest {
  private static final RunStamp RUN = new RunStamp("run_1", NOON);

  @TempDir private Path directory;
  private final FakeDatasetService datasets = new FakeDatasetService();

  @BeforeEach
  void start() throws IOException, InterruptedException {
    FakeDatasetService.setUp();
    FakeJobService.setUp();
    datasets.createDataset("a-project", "dev_loads", "EU", "", null);
  }

  @Test
  void aLoadLeavesTheRowsOfItsFilesInTheStagingTable() throws Exception {
    load(Tables.FX_RATES, aRate("usd", "1"), aRate("eur", "1.000000001"));

    assertThat(
        rows("_load_seeds_fx_rates_run_1_20240601120000000000"),
        containsInAnyOrder(
            new TableRow().set("currency", "usd").set("rate", "1.000000000"),
            new TableRow().set("currency", "eur").set("rate", "1.000000001")));
  }

  @Test
  void nestedRowsAreLoadedNested() throws Exception {
    load(Tables.INVOICES, anInvoice("in_1", LocalDate.of(2024, 1, 31), 2).build());

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
  private <T> void load(WarehouseTable<T> table, T... rows) throws Exception {
    AvroBatch<T> batch =
        new AvroBatch<>(table, FileSystems.matchNewResource(directory.toString(), true), JANUARY);
    for (T row : rows) {
      batch.write(row);
    }
    StagedRows staged = batch.finish().orElseThrow();
    LoadJobs jobs = new LoadJobs(new ContractTables(new TableNames("a-project", "dev")), RUN);
    FakeJobService service = new FakeJobService();
    JobReference id = new JobReference().setProjectId("a-project").setJobId("a_load");
    service.startLoadJob(
        id, jobs.load(table.contract(), List.of(staged.getLocation()), "WRITE_TRUNCATE").getLoad());
    assertThat(service.pollJob(id, 10).getStatus().getState(), is("DONE"));
  }
}
