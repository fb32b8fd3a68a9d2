package org.stripeanalytics.pipelines.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.pipelines.Manifest;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;

/** Workflow, schedule and DAG against the manifests they are made from. */
class OrchestrationTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Pattern EDGE = Pattern.compile("(?m)^    ([a-z]+) >> ([a-z]+)$");

  static List<String> environments() {
    return Environment.NAMES;
  }

  @Test
  void eachEnvironmentRunsTheChainOfItsSource() {
    assertThat(
        Task.in("dev").stream().map(Task::name).toList(),
        contains("synthesize", "transform", "predict", "connect", "check"));
    assertThat(
        Task.in("prod").stream().map(Task::name).toList(),
        contains("ingest", "transform", "predict", "connect", "check"));
  }

  @Test
  void productionRunsEveryTenMinutes() {
    assertThat(Task.scheduleOf(Task.in("prod")).cron(), is("*/10 * * * *"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void pipelinesThatWaitForEachOtherHaveOneSchedule(String environment) {
    assertThat(
        Task.in(environment).stream().map(task -> task.operation().schedule()).distinct().count(),
        is(1L));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void everyAlertChannelThatAManifestNamesHasAnAddress(String environment) {
    for (PipelineMain<?> pipeline : Pipelines.all()) {
      pipeline
          .manifest()
          .in(environment)
          .ifPresent(
              operation ->
                  assertThat(
                      operation.alertChannel(),
                      is(in(Environment.named(environment).alertChannels().keySet()))));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void whatIsFreshLaterIsNotExpectedEarlier(String environment) {
    ImmutableList<Task> tasks = Task.in(environment);
    for (int i = 1; i < tasks.size(); i++) {
      assertThat(
          tasks.get(i).operation().freshnessMinutes()
              >= tasks.get(i - 1).operation().freshnessMinutes(),
          is(true));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void theWorkflowRunsEachTaskBehindThoseItWaitsForWithItsRetries(String environment)
      throws IOException {
    JsonNode steps = workflow(environment).get("main").get("steps");
    Set<String> before = new HashSet<>();
    ImmutableList<Task> tasks = Task.in(environment);
    int next = 0;
    for (JsonNode step : steps) {
      // Tasks that wait for the same stand in one step, side by side.
      Set<String> beside = new HashSet<>();
      for (JsonNode run : step.findParents("retry")) {
        String name = run.get("try").get("args").get("name").asText();
        Task task =
            tasks.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        next++;
        assertThat(before.containsAll(task.after()), is(true));
        beside.add(task.name());
        Manifest manifest = task.manifest();
        assertThat(
            run.get("retry").get("max_retries").asInt(), is(manifest.retries().attempts() - 1));
        assertThat(
            run.get("retry").get("backoff").get("initial_delay").asInt(),
            is(manifest.retries().backoffSeconds()));
        assertThat(
            run.get("try").get("args").get("timeout_seconds").asInt(),
            is(manifest.timeoutMinutes() * 60));
        assertThat(
            run.get("except").findValue("channel").asText(), is(task.operation().alertChannel()));
      }
      before.addAll(beside);
    }
    assertThat(next, is(tasks.size()));
    assertThat(before, hasSize(tasks.size()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void everyStepAndSubworkflowThatTheWorkflowNamesIsThere(String environment) throws IOException {
    JsonNode workflow = workflow(environment);
    Set<String> names = new HashSet<>();
    workflow.fieldNames().forEachRemaining(names::add);
    Set<String> called =
        workflow.findValuesAsText("call").stream()
            .filter(call -> !call.contains("."))
            .collect(toSet());
    assertThat(called, everyItem(is(in(names))));
    for (JsonNode part : workflow) {
      Set<String> steps = new HashSet<>();
      part.get("steps").forEach(step -> step.fieldNames().forEachRemaining(steps::add));
      assertThat(part.findValuesAsText("next"), everyItem(is(in(steps))));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void everyExpressionOfTheWorkflowIsClosed(String environment) {
    Pattern.compile("\\$\\{(.*)}$", Pattern.MULTILINE)
        .matcher(
            GeneratedFiles.all().get("templates/orchestration/" + environment + "/workflow.yaml"))
        .results()
        .forEach(
            found -> {
              String expression = found.group(1);
              assertThat(
                  expression,
                  expression.chars().filter(c -> c == '(').count(),
                  is(expression.chars().filter(c -> c == ')').count()));
              assertThat(expression, expression.chars().filter(c -> c == '"').count() % 2, is(0L));
            });
  }

  @Test
  void aBackfillLeavesOutWhatTakesNoInterval() throws IOException {
    JsonNode step = workflow("prod").get("main").get("steps").findValue("unless_backfill_ingest");

    assertThat(step.get("switch").get(0).get("condition").asText(), is("${not(\"from\" in args)}"));
  }

  @Test
  void productionIsCheckedAtNightAndInABackfill() throws IOException {
    JsonNode step = workflow("prod").get("main").get("steps").findValue("if_it_is_time_for_check");

    assertThat(
        step.get("switch").get(0).get("condition").asText(),
        is("${\"from\" in args or text.substring(time.format(now), 11, 13) == \"02\"}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void onlyAnHourOfTheChainsOwnZoneMayBeNamed(String environment) {
    for (Task task : Task.in(environment)) {
      if (task.operation().onlyInHour() != null) {
        assertThat(task.operation().onlyInHour(), is(in(IntStream.range(0, 24).boxed().toList())));
        assertThat(task.operation().schedule().zone(), is("UTC"));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void aRunThatFindsAnotherSkipsAndSaysSo(String environment) throws IOException {
    JsonNode leave =
        workflow(environment).get("main").get("steps").findValue("leave_if_running").get("switch");

    assertThat(leave.get(0).get("condition").asText(), is("${len(running.executions) > 1}"));
    assertThat(leave.get(0).get("return").asText(), is("skipped, the run before has not ended"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void theGraphOfTheDagIsThatOfTheManifests(String environment) {
    Set<List<String>> edges =
        EDGE.matcher(dag(environment))
            .results()
            .map(edge -> List.of(edge.group(1), edge.group(2)))
            .collect(toSet());
    Map<String, Manifest> manifests =
        Task.in(environment).stream()
            .collect(java.util.stream.Collectors.toMap(Task::name, Task::manifest));
    Set<List<String>> expected = new HashSet<>();
    manifests.forEach(
        (name, manifest) ->
            manifests.forEach(
                (other, written) -> {
                  if (!name.equals(other) && manifest.readsFrom(written)) {
                    expected.add(List.of(other, name));
                  }
                }));

    expected.add(List.of("check", "report"));

    assertThat(edges, is(expected));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void theReportIsWrittenLastAndItsFailureIsTold(String environment) throws IOException {
    List<JsonNode> steps =
        ImmutableList.copyOf(workflow(environment).get("main").get("steps").elements());
    JsonNode report = steps.get(steps.size() - 2).get("report");

    assertThat(steps.get(steps.size() - 3).findValue("check"), is(notNullValue()));
    assertThat(
        report.get("try").get("args").get("name").asText(),
        is(
            "projects/stripe-analytics-%1$s/locations/europe-west3/jobs/stripe-analytics-report"
                .formatted(environment)));
    assertThat(
        report.get("except").findValue("channel").asText(),
        is(in(Environment.named(environment).alertChannels().keySet())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void theReportsJobReadsTheEnvironmentsTablesAndWritesToItsBucket(String environment)
      throws IOException {
    JsonNode job =
        YAML.readTree(GeneratedFiles.all().get("templates/report/" + environment + ".yaml"));
    JsonNode task = job.at("/spec/template/spec/template/spec");
    List<String> args = new ArrayList<>();
    task.at("/containers/0/args").forEach(arg -> args.add(arg.asText()));

    assertThat(job.get("kind").asText(), is("Job"));
    assertThat(job.at("/metadata/name").asText(), is(ReportJob.NAME));
    assertThat(job.at("/metadata/labels/environment").asText(), is(environment));
    assertThat(
        task.get("serviceAccountName").asText(),
        is("report-writer@stripe-analytics-" + environment + ".iam.gserviceaccount.com"));
    assertThat(task.at("/containers/0/image").asText(), is(TemplateFiles.IMAGE));
    assertThat(
        args.subList(args.indexOf("report") - 1, args.size()),
        contains(
            "org.stripeanalytics.pipelines.local.Main",
            "report",
            "--warehouse=bigquery:stripe-analytics-%1$s.%1$s".formatted(environment),
            "--warehouseRegion=EU",
            "--output=gs://stripe-analytics-%s/report".formatted(environment)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void theEdgePublishesToTheEnvironmentsTopicWhatIsSignedWithItsSecret(String environment)
      throws IOException {
    JsonNode service =
        YAML.readTree(GeneratedFiles.all().get("templates/webhooks/" + environment + ".yaml"));
    JsonNode container = service.at("/spec/template/spec/containers/0");
    List<String> args = new ArrayList<>();
    container.at("/args").forEach(arg -> args.add(arg.asText()));

    assertThat(service.get("kind").asText(), is("Service"));
    assertThat(container.get("image").asText(), is(TemplateFiles.IMAGE));
    assertThat(
        args.subList(args.indexOf("webhooks"), args.size()),
        contains(
            "webhooks",
            "--host=0.0.0.0",
            "--port=8080",
            "--topic=projects/stripe-analytics-%s/topics/stripe-webhooks".formatted(environment),
            "--secret=projects/stripe-analytics-%s/secrets/stripe-webhook-secret/versions/latest"
                .formatted(environment)));
    assertThat(
        "the landing that ingest reads",
        Environment.named(environment).landing(),
        is("gs://stripe-analytics-" + environment + "/landing"));
  }

  /** BigQuery refuses a row without a column that the contract wants; then nobody would be told. */
  @Test
  void theRowOfAFailureHasEveryColumnThatTheRunLogWants() throws IOException {
    String insert = workflow("prod").findValue("query").asText();
    List<String> columns =
        Splitter.on(Pattern.compile("[\\s,]+"))
            .splitToList(insert.substring(insert.indexOf('(') + 1, insert.indexOf(')')));

    assertThat(
        columns,
        hasItems(
            Tables.RUN_LOG.contract().columns().stream()
                .filter(column -> column.getMode().equals("REQUIRED"))
                .map(TableFieldSchema::getName)
                .toArray(String[]::new)));
  }

  /** Python itself reads the DAG, with Airflow's classes replaced by ones that remember. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void pythonRunsTheDag(String environment) throws Exception {
    assumeTrue(hasPython(), "no python3 here; the graph is looked at in the text all the same");
    Process python =
        new ProcessBuilder(
                "python3",
                "src/test/resources/airflow/load_dag.py",
                "templates/orchestration/"
                    + environment
                    + "/stripe_analytics_"
                    + environment
                    + ".py")
            .redirectErrorStream(true)
            .start();
    String said = new String(python.getInputStream().readAllBytes(), UTF_8);
    assertThat(said, python.waitFor(), is(0));

    JsonNode dag = JsonFiles.JSON.readTree(said);
    assertThat(dag.get("schedule").asText(), is(Task.scheduleOf(Task.in(environment)).cron()));
    for (Task task : Task.in(environment)) {
      JsonNode operator = dag.get("tasks").get(task.name());
      assertThat(operator.get("retries").asInt(), is(task.manifest().retries().attempts() - 1));
      assertThat(
          operator.get("retry_delay").asInt(), is(task.manifest().retries().backoffSeconds()));
      assertThat(operator.get("sla").asInt(), is(task.operation().freshnessMinutes() * 60));
      assertThat(
          operator.get("execution_timeout").asInt(), is(task.manifest().timeoutMinutes() * 60));
      assertThat(operator.get("deferrable").asBoolean(), is(true));
      Integer hour = task.operation().onlyInHour();
      assertThat(
          operator.get("hours").toString(),
          is(
              (hour == null ? IntStream.range(0, 24).boxed().toList() : List.of(hour))
                  .toString()
                  .replace(" ", "")));
      Set<String> upstream = new HashSet<>();
      operator.get("upstream").forEach(name -> upstream.add(name.asText()));
      assertThat(upstream, is(Set.copyOf(task.after())));
      assertThat(dag.at("/tasks/report/job").asText(), is(ReportJob.NAME));
      assertThat(
          dag.at("/tasks/report/trigger_rule").asText(),
          is(environment.equals("prod") ? "none_failed" : "all_success"));
      assertThat(
          Set.copyOf(ImmutableList.copyOf(operator.get("parameters").fieldNames())),
          is(
              Stream.concat(
                      task
                          .parameters(Environment.named(environment), value -> value)
                          .keySet()
                          .stream(),
                      Stream.of("runId"))
                  .collect(toSet())));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void theSchedulerStartsTheWorkflow(String environment) throws IOException {
    JsonNode job =
        JsonFiles.JSON
            .readTree(Path.of("templates/orchestration", environment, "scheduler.json").toFile())
            .get(0);

    assertThat(job.get("schedule").asText(), is(Task.scheduleOf(Task.in(environment)).cron()));
    assertThat(
        new String(Base64.getDecoder().decode(job.get("httpTarget").get("body").asText()), UTF_8),
        is("{\"argument\":\"{}\"}"));
  }

  @Test
  void scheduledParametersAreOptionsThatTheTemplateLetsThrough() {
    for (String environment : environments()) {
      for (Task task : Task.in(environment)) {
        Map<String, Parameter> known =
            Parameter.of(Pipelines.named(task.name())).stream()
                .collect(java.util.stream.Collectors.toMap(Parameter::name, p -> p));
        Environment where = Environment.named(environment);
        task.parameters(
                where,
                value ->
                    Days.fill(
                        value,
                        where.landing(),
                        name -> name.equals("mode") ? "open" : "2026-02-01"))
            .forEach(
                (option, value) ->
                    assertThat(
                        task.name() + " " + option, known.get(option).accepts(value), is(true)));
        known.values().stream()
            .filter(Parameter::required)
            .forEach(
                parameter ->
                    assertThat(
                        parameter.name(), is(in(task.parameters(where, value -> value).keySet()))));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("environments")
  void terraformIsGivenExactlyTheVariablesThatItDeclares(String environment) throws IOException {
    Set<String> declared =
        Pattern.compile("(?m)^variable \"([a-z_]+)\"")
            .matcher(Files.readString(Path.of("templates/infrastructure/variables.tf")))
            .results()
            .map(found -> found.group(1))
            .collect(toSet());
    Path given = Path.of("templates/infrastructure", environment + ".tfvars.json");

    assertThat(
        Set.copyOf(ImmutableList.copyOf(JsonFiles.JSON.readTree(given.toFile()).fieldNames())),
        is(declared));
  }

  @Test
  void aDayThatNobodyKnowsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Days.fill("{someday}", "gs://a", day -> ""));
  }

  private static JsonNode workflow(String environment) throws IOException {
    return YAML.readTree(
        GeneratedFiles.all().get("templates/orchestration/" + environment + "/workflow.yaml"));
  }

  private static String dag(String environment) {
    return GeneratedFiles.all()
        .get("templates/orchestration/" + environment + "/stripe_analytics_" + environment + ".py");
  }

  private static boolean hasPython() {
    return Arrays.stream(System.getenv("PATH").split(Pattern.quote(java.io.File.pathSeparator)))
        .anyMatch(folder -> Path.of(folder, "python3").toFile().canExecute());
  }
}
