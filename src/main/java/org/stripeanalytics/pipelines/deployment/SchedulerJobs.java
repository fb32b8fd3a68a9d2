package org.stripeanalytics.pipelines.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.stripeanalytics.pipelines.Manifest;

/**
 * The Cloud Scheduler jobs of an environment, as resources of its REST API: one, which starts the
 * workflow. The order within a run is the workflow's matter.
 */
final class SchedulerJobs {
  private final Environment environment;

  SchedulerJobs(Environment environment) {
    this.environment = environment;
  }

  JsonNode json(Manifest.Schedule schedule) {
    ObjectNode job = JsonFiles.JSON.createObjectNode();
    String place = "projects/" + environment.project() + "/locations/" + environment.region();
    job.put("name", place + "/jobs/" + WorkflowDefinition.NAME);
    job.put("description", "Starts the workflow " + WorkflowDefinition.NAME);
    job.put("schedule", schedule.cron());
    job.put("timeZone", schedule.zone());
    job.put("attemptDeadline", "180s");
    job.putObject("retryConfig")
        .put("retryCount", 3)
        .put("minBackoffDuration", "30s")
        .put("maxBackoffDuration", "300s")
        .put("maxDoublings", 3);
    ObjectNode target = job.putObject("httpTarget");
    target.put(
        "uri",
        "https://workflowexecutions.googleapis.com/v1/"
            + place
            + "/workflows/"
            + WorkflowDefinition.NAME
            + "/executions");
    target.put("httpMethod", "POST");
    target.putObject("headers").put("Content-Type", "application/json");
    target.put(
        "body",
        Base64.getEncoder()
            .encodeToString("{\"argument\":\"{}\"}".getBytes(StandardCharsets.UTF_8)));
    target
        .putObject("oauthToken")
        .put("serviceAccountEmail", environment.orchestratorServiceAccount())
        .put("scope", "https://www.googleapis.com/auth/cloud-platform");
    return JsonFiles.JSON.createArrayNode().add(job);
  }
}
