package org.stripeanalytics.pipelines.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;

/**
 * A run of a pipeline as a resource of Flink's operator for Kubernetes: a cluster of its own that
 * ends with its job. What a run has of its own, its days and its id, stands between {@code @}; the
 * launcher replaces it.
 */
final class FlinkDeployment {
  /** Where the image has the bundled jar. */
  static final String JAR = "/opt/flink/usrlib/stripe-analytics.jar";

  /** Replaced by the launcher: a name for every attempt. */
  static final String RUN = "@run@";

  private static final String PASSWORD = "WAREHOUSE_PASSWORD";
  private static final String LANDING = "/landing";

  /** The packages that {@code scripts/jvm-options} opens: what Beam reads on Java 17. */
  static final ImmutableList<String> OPENED =
      ImmutableList.of(
          "java.base/java.util",
          "java.base/java.lang",
          "java.base/java.time",
          "java.base/java.nio");

  /** What README says a TaskManager needs; one attempt fails or publishes, and is not repeated. */
  private static final ImmutableMap<String, String> CONFIGURATION =
      ImmutableMap.of(
          "restart-strategy.type", "none",
          "taskmanager.memory.network.min", "512m",
          "taskmanager.memory.network.max", "512m",
          "taskmanager.memory.jvm-metaspace.size", "512m",
          "jobmanager.memory.jvm-metaspace.size", "512m");

  private final Environment environment;
  private final Environment.Kubernetes kubernetes;

  FlinkDeployment(Environment environment) {
    this.environment = environment;
    this.kubernetes = environment.kubernetes();
  }

  /** As Kubernetes calls the runs of a pipeline, of which there is one at a time. */
  static String name(String pipeline) {
    return "stripe-" + pipeline;
  }

  JsonNode of(Task task) {
    ObjectNode deployment = JsonFiles.JSON.createObjectNode();
    deployment.put("apiVersion", "flink.apache.org/v1beta1");
    deployment.put("kind", "FlinkDeployment");
    ObjectNode metadata = deployment.putObject("metadata");
    metadata.put("name", name(task.name()));
    metadata.put("namespace", kubernetes.namespace());
    labels(metadata.putObject("labels"), environment);
    ObjectNode spec = deployment.putObject("spec");
    spec.put("image", kubernetes.image());
    spec.put("flinkVersion", "v1_19");
    // The account that the operator's chart makes for jobs.
    spec.put("serviceAccount", "flink");
    ObjectNode configuration = spec.putObject("flinkConfiguration");
    configuration(task).forEach(configuration::put);
    podTemplate(spec.putObject("podTemplate"));
    size(spec.putObject("jobManager"), kubernetes.jobManager());
    size(spec.putObject("taskManager"), kubernetes.taskManager());
    ObjectNode job = spec.putObject("job");
    job.put("jarURI", "local://" + JAR);
    job.put("entryClass", task.manifest().main());
    ArrayNode args = job.putArray("args");
    arguments(task).forEach((option, value) -> args.add("--" + option + "=" + value));
    job.put("parallelism", kubernetes.parallelism());
    // A run is bounded and publishes at its end: there is no state to go on from.
    job.put("upgradeMode", "stateless");
    job.put("state", "running");
    return deployment;
  }

  static void labels(ObjectNode labels, Environment environment) {
    ImmutableSortedMap.copyOf(environment.labels()).forEach(labels::put);
  }

  private Map<String, String> configuration(Task task) {
    return ImmutableSortedMap.<String, String>naturalOrder()
        .putAll(CONFIGURATION)
        .put("taskmanager.numberOfTaskSlots", "" + kubernetes.taskManager().cpu())
        .put(
            "env.java.opts.all",
            String.join(
                " ",
                OPENED.stream().map(opened -> "--add-opens=" + opened + "=ALL-UNNAMED").toList()))
        .put("pipeline.name", task.name())
        .buildOrThrow();
  }

  private Map<String, String> arguments(Task task) {
    return task.parameters(
        ImmutableMap.of(
            "runner",
            "FlinkRunner",
            "parallelism",
            "" + kubernetes.parallelism(),
            // Rows are immutable, so nothing needs copying between chained steps.
            "objectReuse",
            "true",
            "fasterCopy",
            "true",
            "runId",
            RUN,
            "warehouse",
            kubernetes.warehouse(),
            "warehousePassword",
            "env:" + PASSWORD),
        value -> Days.fill(value, LANDING, Days.in(Days.KUBERNETES)));
  }

  private static void size(ObjectNode manager, Environment.Size size) {
    manager.putObject("resource").put("cpu", size.cpu()).put("memory", size.memory());
  }

  /** What all pods of the job have: the password where rows are written, and the landing. */
  private void podTemplate(ObjectNode template) {
    ObjectNode spec = template.putObject("spec");
    // Flink knows its own container by this name.
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", "flink-main-container");
    ArrayNode variables = container.putArray("env");
    variables
        .addObject()
        .put("name", PASSWORD)
        .putObject("valueFrom")
        .putObject("secretKeyRef")
        .put("name", kubernetes.warehousePassword().secret())
        .put("key", kubernetes.warehousePassword().key());
    variables.addObject().put("name", "LOG_FORMAT").put("value", "json");
    container
        .putArray("volumeMounts")
        .addObject()
        .put("name", "landing")
        .put("mountPath", LANDING)
        .put("readOnly", true);
    spec.putArray("volumes")
        .addObject()
        .put("name", "landing")
        .putObject("persistentVolumeClaim")
        .put("claimName", kubernetes.landingClaim())
        .put("readOnly", true);
  }
}
