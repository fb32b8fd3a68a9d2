package org.stripeanalytics.pipelines.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.pipelines.Manifest;

/**
 * An environment as data, {@code pipelines/environments/<name>.yaml}. Environments differ in
 * nothing else.
 *
 * @param project of Google Cloud, in which everything runs
 * @param region of the jobs, the workflow and the scheduler
 * @param warehouseRegion where BigQuery keeps the datasets
 * @param datasetPrefix of the datasets' names, as in dev for dev_raw
 * @param bucket for templates, temporary files, arriving files and backups
 * @param subnetwork of the workers, which have no public addresses
 * @param workerServiceAccount as whom the jobs read and write
 * @param orchestratorServiceAccount as whom the workflow starts jobs
 * @param images the repository of container images, the same in all environments: an image that was
 *     tried in one is promoted to the other
 * @param machineType of workers, unless a manifest says otherwise
 * @param maxWorkers of a job, unless a manifest says otherwise
 * @param labels on everything that costs something
 * @param budget whose overrun is announced
 * @param alertChannels addresses by the names that manifests use
 * @param report how the report is written
 * @param secrets those in Secret Manager that the jobs may read, by name; no others
 * @param kubernetes the same on a cluster of one's own, for whoever does not use Google Cloud
 */
public record Environment(
    @JsonProperty(required = true) String project,
    @JsonProperty(required = true) String region,
    @JsonProperty(required = true) String warehouseRegion,
    @JsonProperty(required = true) String datasetPrefix,
    @JsonProperty(required = true) String bucket,
    @JsonProperty(required = true) String subnetwork,
    @JsonProperty(required = true) String workerServiceAccount,
    @JsonProperty(required = true) String orchestratorServiceAccount,
    @JsonProperty(required = true) String images,
    @JsonProperty(required = true) String machineType,
    @JsonProperty(required = true) int maxWorkers,
    @JsonProperty(required = true) Map<String, String> labels,
    @JsonProperty(required = true) Budget budget,
    @JsonProperty(required = true) Map<String, String> alertChannels,
    @JsonProperty(required = true) Report report,
    @JsonProperty(required = true) Webhooks webhooks,
    @JsonProperty(required = true) List<String> secrets,
    @JsonProperty(required = true) Kubernetes kubernetes) {

  /** The environments there are. */
  public static final ImmutableList<String> NAMES = ImmutableList.of("dev", "prod");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  public Environment {
    labels = ImmutableMap.copyOf(labels);
    alertChannels = ImmutableMap.copyOf(alertChannels);
    secrets = ImmutableList.copyOf(secrets);
  }

  /**
   * The job that writes the report.
   *
   * @param serviceAccount as whom it reads the tables and writes the page
   * @param alertChannel who is told if it fails
   */
  public record Report(
      @JsonProperty(required = true) String serviceAccount,
      @JsonProperty(required = true) String alertChannel) {}

  /**
   * How Stripe's webhooks are taken.
   *
   * @param serviceAccount as whom the edge publishes them
   * @param topic of Pub/Sub; what it brings lands in the bucket, and may be streamed
   * @param signingSecrets of Secret Manager, one or, while one replaces the other, two
   */
  public record Webhooks(
      @JsonProperty(required = true) String serviceAccount,
      @JsonProperty(required = true) String topic,
      @JsonProperty(required = true) List<String> signingSecrets) {
    public Webhooks {
      signingSecrets = ImmutableList.copyOf(signingSecrets);
    }
  }

  /**
   * Where pipelines run as jobs of Flink's operator for Kubernetes.
   *
   * @param image of the jobs: Flink with the bundled jar
   * @param launcherImage of what starts them in their order: bash, sed, date and kubectl
   * @param warehouse as {@code --warehouse} takes it
   * @param landingClaim the volume in which files arrive, a folder a day; all pods of a job read it
   * @param parallelism of a job
   * @param taskManager of one; each has a slot for every core
   */
  public record Kubernetes(
      @JsonProperty(required = true) String namespace,
      @JsonProperty(required = true) String image,
      @JsonProperty(required = true) String launcherImage,
      @JsonProperty(required = true) String warehouse,
      @JsonProperty(required = true) SecretKey warehousePassword,
      @JsonProperty(required = true) String landingClaim,
      @JsonProperty(required = true) int parallelism,
      @JsonProperty(required = true) Size jobManager,
      @JsonProperty(required = true) Size taskManager) {}

  /** An entry of a Secret of Kubernetes, whose value nobody writes down. */
  public record SecretKey(
      @JsonProperty(required = true) String secret, @JsonProperty(required = true) String key) {}

  /**
   * What a pod is given.
   *
   * @param memory as Flink says it, as in 4g
   */
  public record Size(
      @JsonProperty(required = true) int cpu, @JsonProperty(required = true) String memory) {}

  /** What may be spent in a month, and at which parts of it somebody is told. */
  public record Budget(
      @JsonProperty(required = true) String billingAccount,
      @JsonProperty(required = true) int monthly,
      @JsonProperty(required = true) String currency,
      @JsonProperty(required = true) List<Integer> alertAtPercent) {
    public Budget {
      alertAtPercent = ImmutableList.copyOf(alertAtPercent);
    }
  }

  /** Reads an environment from the class path. */
  public static Environment named(String name) {
    String path = "pipelines/environments/" + name + ".yaml";
    try (InputStream yaml = Environment.class.getClassLoader().getResourceAsStream(path)) {
      if (yaml == null) {
        throw new IllegalArgumentException("no environment " + path);
      }
      return YAML.readValue(yaml, Environment.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /** The machines of a pipeline's jobs here. */
  Manifest.Resources resources(Manifest.Operation operation) {
    return operation.resources() == null
        ? new Manifest.Resources(machineType, maxWorkers)
        : operation.resources();
  }

  /** As {@code --warehouse} takes it. */
  String warehouse() {
    return "bigquery:" + project + "." + datasetPrefix;
  }

  /** Where files arrive, a folder a day. */
  String landing() {
    return "gs://" + bucket + "/landing";
  }
}
