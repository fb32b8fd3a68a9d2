package org.stripeanalytics.warehouse.bigquery;

import static java.util.stream.Collectors.toMap;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stripeanalytics.warehouse.ExampleRows.aMovement;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;
import static org.stripeanalytics.warehouse.bigquery.LocalWarehouses.JANUARY;
import static org.stripeanalytics.warehouse.bigquery.LocalWarehouses.NOON;
import static org.stripeanalytics.warehouse.bigquery.LocalWarehouses.pipeline;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.StagedRows;
import org.stripeanalytics.warehouse.TableRead;

/** What BigQuery is asked over HTTP, and when. */
class PublicationRequestsTest {
  private static final Map<String, String> LABELS =
      Map.of("environment", "dev", "pipeline", "transform", "run", "nightly-7");

  @TempDir private Path directory;
  private LocalBigQuery local;
  private PipelineOptions options;
  private BigQueryWarehouse warehouse;

  @BeforeEach
  void start() throws IOException {
    use(LocalBigQuery.start(directory, LocalState.withAllTables()), directory);
  }

  /** Goes on with a project that has nothing yet. */
  private void startWithNothing() throws IOException {
    local.close();
    Path empty = Files.createDirectory(directory.resolve("empty"));
    use(LocalBigQuery.start(empty), empty);
  }

  private void use(LocalBigQuery started, Path files) {
    local = started;
    options = LocalWarehouses.options(local, files);
    warehouse = LocalWarehouses.at(local, files);
  }

  @AfterEach
  void stop() {
    local.close();
  }

  @Test
  void buildingAGraphAsksNothing() {
    Pipeline graph = publish("run_1", aRate("usd", "1"));
    graph.apply("Read", warehouse.read(TableRead.of(Tables.INVOICES).during(JANUARY)));

    assertThat(local.requests(), is(empty()));
  }

  @Test
  void everyTableIsMadeAsItsContractSays() throws IOException {
    startWithNothing();

    warehouse.createTables();

    for (WarehouseTable<?> table : Tables.all()) {
      Contract contract = table.contract();
      Table made = local.tables().resource("dev_" + contract.layer().id(), contract.table());
      Table promised = contract.bigQueryTable();
      assertThat(made.getDescription(), equalTo(promised.getDescription()));
      assertThat(made.getSchema(), equalTo(promised.getSchema()));
      assertThat(made.getTimePartitioning(), equalTo(promised.getTimePartitioning()));
      assertThat(made.getClustering(), equalTo(promised.getClustering()));
      assertThat(made.getTableConstraints(), equalTo(promised.getTableConstraints()));
      assertThat(made.getLabels().get("environment"), is("dev"));
      assertThat(local.datasets().get("dev_" + contract.layer().id()).getLocation(), is("EU"));
    }
  }

  @Test
  void aTableIsLoadedOnceFromAvroIntoAStagingTableThatExpires() {
    publish("run_1", aRate("usd", "1"), aRate("eur", "1.08")).run();

    assertThat(local.loads(), hasSize(1));
    Job job = local.loads().get(0);
    assertThat(job.getConfiguration().getLabels(), equalTo(LABELS));
    JobConfigurationLoad load = job.getConfiguration().getLoad();
    assertThat(load.getDestinationTable().getDatasetId(), is("dev_loads"));
    assertThat(
        load.getDestinationTable().getTableId(),
        is("_load_seeds_fx_rates_run_1_20240601120000000000"));
    assertThat(load.getSourceFormat(), is("AVRO"));
    assertThat(load.getUseAvroLogicalTypes(), is(true));
    assertThat(load.getCreateDisposition(), is("CREATE_IF_NEEDED"));
    assertThat(load.getWriteDisposition(), is("WRITE_TRUNCATE"));
    assertThat(
        load.getSchema().getFields().stream()
            .collect(toMap(TableFieldSchema::getName, TableFieldSchema::getType)),
        equalTo(Map.of("currency", "STRING", "rate", "NUMERIC")));
    assertThat(
        local.datasets().get("dev_loads").getDefaultTableExpirationMs(),
        is(Duration.ofDays(3).toMillis()));
  }

  @Test
  void theStagingTableOfAnEmptyInputIsThereWhenTheScriptAsksForIt() {
    publish("run_1").run();

    assertThat(
        local.tables().resource("dev_loads", "_load_seeds_fx_rates_run_1_20240601120000000000"),
        is(notNullValue()));
    assertThat(local.scripts("publish"), hasSize(1));
  }

  @Test
  void oneJobPublishesUnderAnIdOfTheRunAndMakesAllTablesBefore() throws IOException {
    startWithNothing();

    publish("run_1", aRate("usd", "1")).run();

    assertThat(local.scripts("publish"), hasSize(1));
    Job job = local.scripts("publish").get(0);
    assertThat(job.getJobReference().getJobId(), startsWith("publish_run_1_20240601120000000000_"));
    assertThat(job.getJobReference().getLocation(), is("EU"));
    assertThat(job.getConfiguration().getLabels(), equalTo(LABELS));
    assertThat(job.getConfiguration().getQuery().getUseLegacySql(), is(false));
    assertThat(rates(), containsInAnyOrder("usd"));
  }

  @Test
  void theSameRunIsPublishedOnceHoweverOftenItIsRun() {
    publish("run_1", aRate("usd", "1")).run();
    publish("run_1", aRate("usd", "1")).run();

    assertThat(local.scripts("publish"), hasSize(1));
    assertThat(rates(), containsInAnyOrder("usd"));
  }

  @Test
  void aLoadThatFailsLeavesTheOldRowsAndARerunRepairs() {
    publish("run_1", aRate("usd", "1")).run();
    local.failLoadsInto("fx_rates");

    assertThrows(
        Pipeline.PipelineExecutionException.class,
        () -> publish("run_2", aRate("eur", "1.08")).run());
    assertThat(rates(), containsInAnyOrder("usd"));
    assertThat(local.scripts("publish"), hasSize(1));

    local.failLoadsInto(null);
    publish("run_2", aRate("eur", "1.08")).run();
    assertThat(rates(), containsInAnyOrder("eur"));
  }

  @Test
  void filesWaitUntilTheyArePublishedAndAreGoneAfterwards() throws IOException {
    local.failLoadsInto("fx_rates");
    assertThrows(
        Pipeline.PipelineExecutionException.class, () -> publish("run_1", aRate("usd", "1")).run());
    assertThat("a step that is tried again needs them", waiting("run_1_"), hasSize(1));

    local.failLoadsInto(null);
    publish("run_2", aRate("usd", "1")).run();
    assertThat(waiting("run_2_"), is(empty()));
  }

  private List<Path> waiting(String execution) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().contains("/loads/" + execution))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  @Test
  void anExecutionThatStagesOtherRowsAnewPublishesThose() {
    local.tables().breakTable("dev_seeds.fx_rates");
    assertThrows(
        Pipeline.PipelineExecutionException.class,
        () -> publish("run_1", aRate("usd", "1"), aRate("eur", "1.08")).run());

    local.tables().repairTable();
    publish("run_1", aRate("usd", "1")).run();

    assertThat(rates(), containsInAnyOrder("usd"));
  }

  @Test
  void anExecutionThatStagesNothingAnewPublishesNothing() {
    local.tables().breakTable("dev_seeds.fx_rates");
    assertThrows(
        Pipeline.PipelineExecutionException.class, () -> publish("run_1", aRate("usd", "1")).run());

    local.tables().repairTable();
    publish("run_1").run();

    assertThat(rates(), is(empty()));
  }

  @Test
  void aStepThatIsRepeatedLoadsAndPublishesNothingTwice() throws IOException {
    PublishLoaded step =
        new PublishLoaded(
            BigQueryConnection.of(options, "a-project", "EU"),
            new PublishScript(
                new TableNames("a-project", "dev"), new RunStamp("run_1", NOON), "UTC", JANUARY));
    AvroBatch<FxRate> batch =
        new AvroBatch<>(
            Tables.FX_RATES, FileSystems.matchNewResource(directory.toString(), true), JANUARY);
    batch.write(aRate("usd", "1"));
    List<StagedRows> staged = List.of(batch.finish().orElseThrow());

    List<PublishedTable> first = step.publish(List.of(Tables.FX_RATES), staged, null);
    int jobs = local.jobs().size();
    List<PublishedTable> second = step.publish(List.of(Tables.FX_RATES), staged, null);

    assertThat(second, equalTo(first));
    assertThat("though the files are gone", local.jobs(), hasSize(jobs));
    assertThat(rates(), containsInAnyOrder("usd"));
  }

  @Test
  void moreFilesThanAJobTakesAreLoadedBySeveralAndTheFirstReplaces() throws IOException {
    local.loseLoadedRows();
    List<StagedRows> staged =
        IntStream.range(0, 10_001)
            .mapToObj(
                i -> StagedRows.of("seeds.fx_rates", "gs://a-bucket/%05d.avro".formatted(i), 1))
            .toList();
    BigQueryClient client = BigQueryConnection.of(options, "a-project", "EU").client();

    new LoadJobs(
            new ContractTables(new TableNames("a-project", "dev")), new RunStamp("run_1", NOON))
        .load(new OnceOnlyJobs(client, ImmutableMap.of()), List.of(Tables.FX_RATES), staged);

    List<JobConfigurationLoad> loads =
        local.loads().stream().map(job -> job.getConfiguration().getLoad()).toList();
    assertThat(
        loads.stream().map(JobConfigurationLoad::getWriteDisposition).toList(),
        contains("WRITE_TRUNCATE", "WRITE_APPEND"));
    assertThat(
        loads.stream().map(load -> load.getSourceUris().size()).toList(), contains(10_000, 1));
  }

  @Test
  void aFailureBehindAllLoadsLeavesTheOldRowsAndARerunRepairs() {
    publish("run_1", aRate("usd", "1")).run();
    local.tables().breakTable("dev_seeds.fx_rates");

    assertThrows(
        Pipeline.PipelineExecutionException.class,
        () -> publish("run_2", aRate("eur", "1.08")).run());
    assertThat(rates(), containsInAnyOrder("usd"));

    local.tables().repairTable();
    publish("run_2", aRate("eur", "1.08")).run();
    assertThat(rates(), containsInAnyOrder("eur"));
  }

  @Test
  void rowsThatDoNotArriveAreNoticedBeforeAnythingIsPublished() {
    local.loseLoadedRows();

    var failure =
        assertThrows(
            Pipeline.PipelineExecutionException.class,
            () -> publish("run_1", aRate("usd", "1")).run());

    assertThat(failure.getMessage(), containsString("holds 0 rows, and 1 were sent to it"));
    assertThat(local.scripts("publish"), is(empty()));
  }

  @Test
  void aWarehouseOfAnotherReportingZoneIsNotTouched() {
    publish("run_1", aRate("usd", "1")).run();
    BigQueryWarehouse inBerlin = LocalWarehouses.at(local, options, "Europe/Berlin");

    var failure =
        assertThrows(
            Pipeline.PipelineExecutionException.class,
            () ->
                pipeline(
                        options,
                        inBerlin.publication("run_2", JANUARY, NOON),
                        Tables.FX_RATES,
                        aRate("eur", "1.08"))
                    .run());

    assertThat(
        failure.getMessage(),
        containsString("the warehouse was created for another reporting zone than Europe/Berlin"));
    assertThat(rates(), containsInAnyOrder("usd"));
  }

  @Test
  void aReadAsksForItsColumnsAndItsPartitionsOnly() {
    pipeline(
            options,
            warehouse.publication("run_1", JANUARY, NOON),
            Tables.FCT_MRR_MOVEMENTS,
            aMovement("cus_1", "2024-01-31", 1))
        .run();
    Pipeline reading = Pipeline.create(options);
    reading.apply("Read", warehouse.read(TableRead.of(Tables.FCT_MRR_MOVEMENTS).during(JANUARY)));

    reading.run();

    assertThat(local.sessions(), hasSize(1));
    var asked = local.sessions().get(0);
    assertThat(
        asked.getTable(), is("projects/a-project/datasets/dev_facts/tables/fct_mrr_movements"));
    List<String> ofRowClass =
        Tables.FCT_MRR_MOVEMENTS.contract().columns().stream()
            .map(TableFieldSchema::getName)
            .filter(column -> !Contract.STAMPED_COLUMNS.contains(column))
            .toList();
    assertThat(
        List.copyOf(asked.getReadOptions().getSelectedFieldsList()),
        containsInAnyOrder(ofRowClass.toArray()));
    assertThat(ofRowClass, not(hasItem("_run_id")));
    assertThat(
        asked.getReadOptions().getRowRestriction(),
        is("day >= DATE '2024-01-01' AND day < DATE '2024-02-01'"));
  }

  @Test
  void aQueryIsADryRunFirstAndThenAJobWithLabels() {
    publish("run_1", aRate("usd", "1")).run();
    int before = local.jobs().size();

    assertThat(warehouse.query("SELECT COUNT(*) FROM seeds.fx_rates").value(), is(1L));

    assertThat(local.jobs(), hasSize(before + 1));
    assertThat(
        local.jobs().get(before).getConfiguration().getQuery().getQuery(),
        is("SELECT COUNT(*) FROM `a-project.dev_seeds.fx_rates`"));
    assertThat(local.jobs().get(before).getConfiguration().getLabels(), equalTo(LABELS));
  }

  private Pipeline publish(String runId, FxRate... rates) {
    return pipeline(options, warehouse.publication(runId, JANUARY, NOON), Tables.FX_RATES, rates);
  }

  private List<Object> rates() {
    return warehouse.query("SELECT currency FROM seeds.fx_rates").rows().stream()
        .map(row -> row.get(0))
        .toList();
  }
}
