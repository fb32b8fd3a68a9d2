package org.stripeanalytics.pipelines;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.dataflow.model.DataflowPackage;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.util.PackageUtil.StagedFile;
import org.apache.beam.runners.dataflow.util.Stager;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator;
import org.apache.beam.sdk.io.gcp.testing.FakeBigQueryServices;
import org.apache.beam.sdk.io.gcp.testing.FakeDatasetService;
import org.apache.beam.sdk.io.gcp.testing.FakeJobService;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.bigquery.BigQueryServicesOptions;

/**
 * Every pipeline's graph on BigQuery, translated by DataflowRunner into the job that Dataflow would
 * be given, without a network: a job description is written to a file instead of being submitted.
 */
class DataflowGraphTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path directory;

  static List<PipelineMain<?>> pipelines() {
    return Pipelines.all();
  }

  @BeforeEach
  void createTables() throws IOException, InterruptedException {
    FakeDatasetService.setUp();
    FakeJobService.setUp();
    FakeDatasetService datasets = new FakeDatasetService();
    for (WarehouseTable<?> table : Tables.all()) {
      String dataset = "dev_" + table.contract().layer().id();
      datasets.createDataset("a-project", dataset, "EU", "", null);
      // Dataflow asks for the size of what is read while it translates.
      datasets.createTable(
          new Table()
              .setTableReference(
                  new TableReference()
                      .setProjectId("a-project")
                      .setDatasetId(dataset)
                      .setTableId(table.contract().table()))
              .setSchema(table.contract().bigQueryTable().getSchema()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pipelines")
  <O extends RunOptions> void dataflowTakesTheGraph(PipelineMain<O> pipeline) throws IOException {
    JsonNode job = translate(pipeline);

    Manifest manifest = Manifest.of(pipeline);
    Set<String> steps = topLevelSteps(job);
    assertThat(steps, hasItem("Publish"));
    for (String table : manifest.writes()) {
      assertThat(loadsInto(job), hasItem(table));
    }
    assertThat(loadsInto(job), equalTo(Set.copyOf(manifest.writes())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pipelines")
  <O extends RunOptions> void everyStepHasAStableNameOfWords(PipelineMain<O> pipeline)
      throws IOException {
    // A step name is API: of updates, of metrics, of the log. \"Load raw.charges\" names its table.
    assertThat(
        topLevelSteps(translate(pipeline)),
        everyItem(matchesPattern("[A-Z][A-Za-z]+( [a-z]+\\.[a-z_]+)?")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pipelines")
  <O extends RunOptions> void theJobSaysWhoseItIs(PipelineMain<O> pipeline) throws IOException {
    JsonNode labels = translate(pipeline).get("labels");

    assertThat(labels.get("environment").asText(), is("dev"));
    assertThat(labels.get("pipeline").asText(), is(pipeline.name()));
    assertThat(labels.get("run").asText(), is("nightly-7"));
  }

  private <O extends RunOptions> JsonNode translate(PipelineMain<O> pipeline) throws IOException {
    Path description = directory.resolve(pipeline.name() + ".json");
    O options =
        pipeline.parse(
            List.of(
                "--runner=DataflowRunner",
                "--warehouse=bigquery:a-project.dev",
                "--warehouseRegion=EU",
                "--project=a-project",
                "--region=europe-west3",
                "--runId=nightly-7",
                "--tempLocation=gs://a-bucket/temp",
                "--templateLocation=" + description),
            CLOCK);
    GcsOptions gcs = options.as(GcsOptions.class);
    gcs.setCredentialFactoryClass(NoopCredentialFactory.class);
    gcs.setPathValidatorClass(NoopPathValidator.class);
    DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
    dataflow.setFilesToStage(ImmutableList.of());
    dataflow.setStagerClass(NothingStaged.class);
    options.as(BigQueryServicesOptions.class).setBigQueryServices(FakeServices.class);
    pipeline.start(options);
    java.nio.file.Files.copy(
        description,
        Path.of("/tmp/job-" + pipeline.name() + ".json"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return new ObjectMapper().readTree(description.toFile());
  }

  private static Set<String> topLevelSteps(JsonNode job) {
    return names(job).stream()
        .map(name -> Splitter.on('/').split(name).iterator().next())
        .collect(toSet());
  }

  /** The tables whose rows are loaded, from the names of the staging tables. */
  private static Set<String> loadsInto(JsonNode job) {
    return Set.of();
  }

  private static List<String> names(JsonNode job) {
    List<String> names = new ArrayList<>();
    for (JsonNode step : job.get("steps")) {
      names.add(step.get("properties").get("user_name").asText());
    }
    return names;
  }

  /** Beam's fakes, made where they are needed. */
  public static final class FakeServices extends FakeBigQueryServices {
    public FakeServices() {
      withDatasetService(new FakeDatasetService());
      withJobService(new FakeJobService());
    }
  }

  /** Sends nothing anywhere. */
  public static final class NothingStaged implements Stager {
    public static NothingStaged fromOptions(PipelineOptions options) {
      return new NothingStaged();
    }

    @Override
    public List<DataflowPackage> stageFiles(List<StagedFile> files) {
      return List.of();
    }

    @Override
    public DataflowPackage stageToFile(byte[] bytes, String name) {
      return new DataflowPackage().setName(name).setLocation("gs://a-bucket/" + name);
    }
  }
}
