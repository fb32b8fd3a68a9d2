package org.stripeanalytics.pipelines.deployment;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.common.collect.ImmutableList;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;

/** What {@code kubectl apply -k} takes, and what the launcher does with it. */
class KubernetesFilesTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** Of the operator's release that the build names. */
  private static final String SCHEMA = "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  @TempDir Path folder;

  static List<String> environments() {
    return Environment.NAMES;
  }

  static Stream<String> deployments() {
    return KubernetesFiles.all().keySet().stream()
        .filter(path -> text(path).contains("kind: FlinkDeployment"));
  }

  private static String text(String path) {
    return KubernetesFiles.all().get(path);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deployments")
  void theOperatorKnowsEveryKeyOfADeployment(String path) throws IOException {
    assertThat(schema().validate(YAML.readTree(text(path))), is(empty()));
  }

  @Test
  void aKeyThatTheOperatorDoesNotKnowIsNoticed() throws IOException {
    JsonNode deployment = YAML.readTree(text("dev/transform.yaml"));
    ((ObjectNode) deployment.at("/spec/job")).put("jarUri", "misspelt");

    assertThat(schema().validate(deployment), is(not(empty())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deployments")
  void thePipelineTakesTheOptionsOfItsDeployment(String path) throws IOException {
    JsonNode job = YAML.readTree(text(path)).at("/spec/job");
    PipelineMain<?> pipeline =
        Pipelines.all().stream()
            .filter(p -> path.endsWith("/" + p.name() + ".yaml"))
            .findFirst()
            .orElseThrow();
    List<String> args =
        StreamSupport.stream(job.get("args").spliterator(), false)
            .map(JsonNode::asText)
            .map(arg -> arg.replaceAll("@(today|yesterday)@", "2026-02-02"))
            .map(
                arg -> arg.replace("@tomorrow@", "2026-02-03").replace("@openMonth@", "2026-01-01"))
            .map(arg -> arg.replace("@mode@", "open"))
            .map(arg -> arg.replace("@run@", pipeline.name() + "-202602020304-1"))
            .toList();

    assertThat(
        pipeline.parse(args, Clock.systemUTC()).getRunner().getSimpleName(), is("FlinkRunner"));
  }

  @Test
  void jobsOpenThePackagesThatEveryScriptOpens() throws IOException {
    List<String> options = Files.readAllLines(Path.of("scripts/jvm-options"));

    assertThat(
        options.stream().filter(option -> option.startsWith("--add-opens=")).toList(),
        is(
            FlinkDeployment.OPENED.stream()
                .map(opened -> "--add-opens=" + opened + "=ALL-UNNAMED")
                .toList()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void runsNeverOverlapAndStartWhenTheManifestsSay(String environment) throws IOException {
    JsonNode spec = YAML.readTree(text(environment + "/cronjob.yaml")).get("spec");

    assertThat(spec.get("concurrencyPolicy").asText(), is("Forbid"));
    assertThat(spec.get("schedule").asText(), is(Task.scheduleOf(Task.in(environment)).cron()));
  }

  @Test
  void thePasswordIsAReference() throws IOException {
    JsonNode variable =
        YAML.readTree(text("prod/transform.yaml")).at("/spec/podTemplate/spec/containers/0/env/0");

    assertThat(variable.has("value"), is(false));
    assertThat(
        variable.at("/valueFrom/secretKeyRef").toString(),
        is("{\"name\":\"stripe-analytics-warehouse\",\"key\":\"password\"}"));
  }

  @Test
  void theLauncherRunsEachPipelineWhenTheOneBeforeHasFinished() throws Exception {
    Programs.Run run =
        launch("dev", "RECONCILING", "FINISHED", "FINISHED", "FINISHED", "FINISHED", "FINISHED");

    assertThat(run.said(), run.status(), is(0));
    assertThat(
        calls(),
        contains(
            "delete synthesize",
            "create synthesize",
            "delete synthesize",
            "delete transform",
            "create transform",
            "delete transform",
            "delete predict",
            "create predict",
            "delete predict",
            "delete connect",
            "create connect",
            "delete connect",
            "delete check",
            "create check",
            "delete check"));
    assertThat(
        made("transform"),
        hasItems("--from=2026-01-01", "--to=2026-02-03", "--runId=transform-202602020304-1"));
  }

  @Test
  void whatIsForAnotherHourIsLeftOut() throws Exception {
    Programs.Run run = launch("prod", "FINISHED", "FINISHED");

    assertThat(run.said(), run.status(), is(0));
    assertThat(calls(), not(hasItems("create predict")));
    assertThat(made("ingest"), hasItems("--input=/landing/2026-02-01/*,/landing/2026-02-02/*"));
  }

  @Test
  void aJobThatFailsIsTriedAgainAndThenToldOfAndTheOthersAreLeft() throws Exception {
    Programs.Run run = launch("prod", "FAILED", "FAILED", "FAILED");

    assertThat(run.said(), run.status(), is(1));
    assertThat(
        run.said(),
        containsString(
            "{\"event\":\"pipeline_failed\",\"environment\":\"prod\",\"pipeline\":\"ingest\","
                + "\"run\":\"202602020304\",\"alertChannel\":\"data-engineering-oncall\","
                + "\"reason\":\"the job is FAILED: out of luck\"}"));
    assertThat(
        calls(),
        contains(
            "delete ingest",
            "create ingest",
            "delete ingest",
            "create ingest",
            "delete ingest",
            "create ingest"));
  }

  @Test
  void anAttemptAfterAFailureIsARunOfItsOwn() throws Exception {
    assertThat(launch("prod", "FAILED", "FINISHED", "FINISHED").status(), is(0));

    assertThat(made("ingest"), hasItems("--runId=ingest-202602020304-2"));
  }

  /**
   * With a kubectl that notes what it is asked for, and a sleep that does not.
   *
   * @param states that jobs are seen in, one after the other
   */
  private Programs.Run launch(String environment, String... states) throws Exception {
    Files.write(folder.resolve("states"), List.of(states));
    program(
        "kubectl",
        """
        name="${3#stripe-}"
        case "$1" in
          delete) echo "delete $name" >>calls ;;
          create)
            cat >made
            name="$(sed -n 's/^  name: stripe-//p' made)"
            mv made "$name.yaml"
            echo "create $name" >>calls
            ;;
          get)
            case "$5" in
              *jobStatus.state*) head -n 1 states && sed -i 1d states ;;
              *error*) echo 'out of "luck"' ;;
            esac
            ;;
        esac
        """);
    program("sleep", "");
    return Programs.start(
        List.of(
            "env",
            "PATH=" + folder + ":" + System.getenv("PATH"),
            "bash",
            "templates/kubernetes/" + environment + "/launch.sh"));
  }

  private void program(String name, String script) throws IOException {
    Path program =
        Files.writeString(
            folder.resolve(name), "#!/bin/bash\nset -e\ncd \"$(dirname \"$0\")\"\n" + script);
    assertThat(program.toFile().setExecutable(true), is(true));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  /** The arguments of the newest job of a pipeline. */
  private List<String> made(String pipeline) throws IOException {
    List<String> args = new ArrayList<>();
    YAML.readTree(Files.readString(folder.resolve(pipeline + ".yaml")))
        .at("/spec/job/args")
        .forEach(arg -> args.add(arg.asText()));
    return ImmutableList.copyOf(args);
  }

  /** Kubernetes drops keys that a resource does not have; here they are faults. */
  private static JsonSchema schema() throws IOException {
    try (InputStream definition = KubernetesFilesTest.class.getResourceAsStream(SCHEMA)) {
      JsonNode schema = YAML.readTree(definition).at("/spec/versions/0/schema/openAPIV3Schema");
      ObjectNode strict = schema.deepCopy();
      forbidOthers(strict);
      // Every resource of Kubernetes has these.
      ObjectNode properties = (ObjectNode) strict.get("properties");
      properties.putObject("apiVersion").put("const", "flink.apache.org/v1beta1");
      properties.putObject("kind").put("const", "FlinkDeployment");
      properties.putObject("metadata");
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(strict);
    }
  }

  private static void forbidOthers(JsonNode schema) {
    if (schema.get("properties") instanceof ObjectNode properties) {
      if (!schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
        ((ObjectNode) schema).put("additionalProperties", false);
      }
      properties.forEach(KubernetesFilesTest::forbidOthers);
    }
    for (String part : List.of("items", "additionalProperties")) {
      if (schema.has(part)) {
        forbidOthers(schema.get(part));
      }
    }
  }
}
