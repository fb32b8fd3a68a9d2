package org.stripeanalytics.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.dataflow.model.DataflowPackage;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import com.google.common.collect.Streams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.util.PackageUtil.StagedFile;
import org.apache.beam.runners.dataflow.util.Stager;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator;
import org.apache.beam.sdk.io.gcp.testing.FakeBigQueryServices;
import org.apache.beam.sdk.io.gcp.testing.FakeDatasetService;
import org.apache.beam.sdk.io.gcp.testing.FakeJobService;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.observability.Listener;
import org.stripeanalytics.observability.secrets.MarkerSecrets;
import org.stripeanalytics.warehouse.bigquery.BigQueryServicesOptions;

/**
 * Every pipeline's graph on BigQuery, translated by DataflowRunner into the job that Dataflow would
 * be given, without a network: a job description is written to a file instead of being submitted.
 */
class DataflowGraphTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir private static Path directory;

  /** Translating all of them takes most of a minute, so it is done once. */
  private static final Map<String, Job> JOBS = new HashMap<>();

  /**
   * What Dataflow would be given.
   *
   * @param staged what lies beside the description, by name
   * @param authorizations what the launcher has sent to the lineage collector
   */
  private record Job(
      JsonNode description, Map<String, byte[]> staged, List<String> authorizations) {}

  static List<PipelineMain<?>> pipelines() {
    return Pipelines.all();
  }

  @BeforeAll
  static void translateAll() throws IOException, InterruptedException {
    createTables();
    for (PipelineMain<?> pipeline : pipelines()) {
      JOBS.put(pipeline.name(), translate(pipeline));
    }
  }

  private static void createTables() throws IOException, InterruptedException {
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
              .setNumBytes(0L)
              .setSchema(table.contract().bigQueryTable().getSchema()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pipelines")
  void dataflowTakesTheGraph(PipelineMain<?> pipeline) throws IOException {
    Job translated = JOBS.get(pipeline.name());
    JsonNode job = translated.description();
    Manifest manifest = pipeline.manifest();

    Set<String> published =
        displayed(translated, "ReplaceRows", "tables").stream()
            .flatMap(tables -> Splitter.on(", ").splitToStream(tables))
            .collect(toSet());
    assertThat(
        Sets.union(
            published,
            Sets.union(
                displayed(translated, "WriteRunLog", "table"),
                displayed(translated, "ReplaceRows", "restatements"))),
        equalTo(Set.copyOf(manifest.writes())));
    // Which of them are read can depend on the interval, and so can what earlier runs have left.
    assertThat(
        Stream.concat(manifest.reads().stream(), manifest.writes().stream())
            .map(table -> "a-project:dev_" + table)
            .toList(),
        hasItems(
            displayed(translated, "ReadDirectly/Read(BigQueryStorageTableSource)", "table")
                .toArray(String[]::new)));
    // A step name is API: of updates, of metrics, of the log. "Load raw.charges" names its table.
    Set<String> steps =
        steps(translated).stream()
            .map(step -> Splitter.on('/').split(name(step)).iterator().next())
            .collect(toSet());
    assertThat(steps, hasItem("Publish"));
    assertThat(steps, everyItem(matchesPattern("[A-Z][A-Za-z]+( [a-z]+\\.[a-z_]+)?")));
    assertThat(job.get("labels").get("environment").asText(), is("dev"));
    assertThat(job.get("labels").get("pipeline").asText(), is(pipeline.name()));
    assertThat(job.get("labels").get("run").asText(), is("nightly-7"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pipelines")
  void theJobSaysWhereASecretIsKeptAndNotWhatItIs(PipelineMain<?> pipeline) {
    Job job = JOBS.get(pipeline.name());
    String staged =
        job.staged().values().stream().map(bytes -> new String(bytes, UTF_8)).collect(joining());

    assertThat(
        "the launcher has used it", job.authorizations(), contains("Bearer " + MarkerSecrets.KEY));
    assertThat(job.description().toString(), containsString("marker:key"));
    assertThat(job.description() + staged, not(containsString(MarkerSecrets.KEY)));
  }

  @Test
  void dataflowTakesTheStreamingGraphAsAJobThatNeverEnds() throws IOException {
    Job translated = translate(Pipelines.stream());
    Manifest manifest = Pipelines.stream().manifest();

    assertThat(translated.description().get("type").asText(), is("JOB_TYPE_STREAMING"));
    assertThat(
        manifest.reads().stream().map(table -> "a-project:dev_" + table).toList(),
        hasItems(
            displayed(translated, "ReadDirectly/Read(BigQueryStorageTableSource)", "table")
                .toArray(String[]::new)));
    Set<String> steps =
        steps(translated).stream()
            .map(step -> Splitter.on('/').split(name(step)).iterator().next())
            .collect(toSet());
    assertThat(
        steps,
        hasItems(manifest.writes().stream().map(table -> "Write " + table).toArray(String[]::new)));
    assertThat(translated.authorizations(), contains("Bearer " + MarkerSecrets.KEY));
  }

  /**
   * A timeline is as large as its customer, so it stays inside the worker that has folded it: steps
   * between two shuffles are fused, and hand on objects and not bytes.
   */
  @Test
  void noShuffleAndNoSideInputCarriesTimelines() {
    TransformOptions options = options(Transform.PIPELINE);
    options.setRunner(BuiltPipeline.Runner.class);
    Pipeline graph = ((BuiltPipeline) Transform.PIPELINE.start().apply(options)).pipeline();
    List<String> all = new ArrayList<>();
    List<String> carried = new ArrayList<>();
    graph.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitValue(PValue value, TransformHierarchy.Node producer) {
            coder(value).ifPresent(all::add);
          }

          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            if (node.getTransform() instanceof GroupByKey
                || node.getTransform() instanceof View.CreatePCollectionView) {
              node.getInputs().values().forEach(input -> coder(input).ifPresent(carried::add));
            }
          }
        });

    assertThat(all, hasItem("RowCoder(CustomerTimeline)"));
    assertThat(carried, hasItem(containsString("RowCoder(Change)")));
    assertThat(carried, everyItem(not(containsString("CustomerTimeline"))));
  }

  private static Optional<String> coder(PValue value) {
    return value instanceof PCollection<?> elements
        ? Optional.of(elements.getCoder().toString())
        : Optional.empty();
  }

  private static <O extends RunOptions> Job translate(PipelineMain<O> pipeline) throws IOException {
    Path description = directory.resolve(pipeline.name() + ".json");
    NothingStaged.GRAPHS.clear();
    try (Listener collector = Listener.answering(201)) {
      pipeline.start(
          options(
              pipeline,
              "--templateLocation=" + description,
              "--lineage=" + collector.address(),
              "--lineageKey=marker:key"));
      return new Job(
          new ObjectMapper().readTree(description.toFile()),
          Map.copyOf(NothingStaged.GRAPHS),
          collector.authorizations());
    }
  }

  private static <O extends RunOptions> O options(PipelineMain<O> pipeline, String... more) {
    O options =
        pipeline.parse(
            ImmutableList.<String>builder()
                .addAll(ownArguments(pipeline))
                .add(
                    "--runner=DataflowRunner",
                    "--warehouse=bigquery:a-project.dev",
                    "--warehouseRegion=EU",
                    "--project=a-project",
                    "--region=europe-west3",
                    "--runId=nightly-7",
                    "--tempLocation=gs://a-bucket/temp",
                    // Without it Dataflow looks the bucket up.
                    "--gcpTempLocation=gs://a-bucket/temp")
                .add(more)
                .build(),
            CLOCK);
    GcsOptions gcs = options.as(GcsOptions.class);
    gcs.setCredentialFactoryClass(NoopCredentialFactory.class);
    gcs.setPathValidatorClass(NoopPathValidator.class);
    DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
    dataflow.setFilesToStage(ImmutableList.of());
    dataflow.setStagerClass(NothingStaged.class);
    options.as(BigQueryServicesOptions.class).setBigQueryServices(FakeServices.class);
    return options;
  }

  /** What a pipeline cannot do without. */
  private static List<String> ownArguments(PipelineMain<?> pipeline) {
    return switch (pipeline.name()) {
      case "ingest" -> List.of("--input=gs://a-bucket/events/*.ndjson.gz");
      case "collect" -> List.of("--input=gs://a-bucket/exports/**");
      case "synthesize" -> List.of("--truth=true");
      case "replay" -> List.of("--run=nightly-6");
      case "stream" -> List.of("--subscription=projects/a-project/subscriptions/stream");
      default -> List.of();
    };
  }

  /** The job's steps; those of a large job are staged beside its description. */
  private static List<JsonNode> steps(Job job) throws IOException {
    JsonNode steps = job.description().get("steps");
    if (steps.isEmpty()) {
      steps = new ObjectMapper().readTree(job.staged().get("dataflow_graph.json")).get("steps");
    }
    return ImmutableList.copyOf(steps);
  }

  private static String name(JsonNode step) {
    return step.get("properties").get("user_name").findValue("value").asText();
  }

  /** What the steps with this ending of their name say about themselves under a key. */
  private static Set<String> displayed(Job job, String step, String key) throws IOException {
    return steps(job).stream()
        .filter(candidate -> name(candidate).endsWith("/" + step))
        .flatMap(found -> Streams.stream(found.get("properties").get("display_data")))
        .filter(item -> item.get("key").asText().equals(key))
        .map(item -> item.get("value").asText())
        .collect(toSet());
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
    private static final Map<String, byte[]> GRAPHS = new HashMap<>();

    public static NothingStaged fromOptions(PipelineOptions options) {
      return new NothingStaged();
    }

    @Override
    public List<DataflowPackage> stageFiles(List<StagedFile> files) {
      return List.of();
    }

    @Override
    public DataflowPackage stageToFile(byte[] bytes, String name) {
      GRAPHS.put(name, bytes);
      return new DataflowPackage().setName(name).setLocation("gs://a-bucket/" + name);
    }
  }
}
