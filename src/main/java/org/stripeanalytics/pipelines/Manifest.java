package org.stripeanalytics.pipelines;

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
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.observability.AlertChannels;

/**
 * What {@code pipelines/<name>.yaml} says of a pipeline. {@code pipelines/README.md} describes the
 * keys.
 *
 * @param main the class a launcher starts
 * @param owner the team that answers for it and for the tables it writes
 * @param streaming whether a job of it never ends by itself
 * @param reads tables, as {@code layer.table}
 * @param writes tables, as {@code layer.table}
 * @param retries what happens when it fails
 * @param alerts channels that hear of its incidents, as {@link AlertChannels} names them
 * @param timeoutMinutes how long one attempt may take before it counts as failed
 * @param backfill how a long interval is divided; null if the pipeline takes no interval
 * @param requires options that a launch must give although they have a default on one machine
 * @param parameters the options that a scheduled run gives, with {@code {days}} filled in by the
 *     scheduler
 * @param environments how it runs in each environment; in one that is not named nobody schedules it
 */
public record Manifest(
    @JsonProperty(required = true) String main,
    @JsonProperty(required = true) String description,
    @JsonProperty(required = true) String owner,
    @Nullable Boolean streaming,
    @JsonProperty(required = true) List<String> reads,
    @JsonProperty(required = true) List<String> writes,
    @JsonProperty(required = true) Retries retries,
    @JsonProperty(required = true) List<String> alerts,
    @JsonProperty(required = true) int timeoutMinutes,
    @Nullable Backfill backfill,
    @Nullable List<String> requires,
    @Nullable Map<String, String> parameters,
    @Nullable Map<String, Operation> environments) {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  public Manifest {
    streaming = Boolean.TRUE.equals(streaming);
    reads = ImmutableList.copyOf(reads);
    writes = ImmutableList.copyOf(writes);
    alerts = ImmutableList.copyOf(alerts);
    requires = requires == null ? ImmutableList.of() : ImmutableList.copyOf(requires);
    parameters = parameters == null ? ImmutableMap.of() : ImmutableMap.copyOf(parameters);
    environments = environments == null ? ImmutableMap.of() : ImmutableMap.copyOf(environments);
  }

  /** How often a run is started in all, and the wait before the second; it doubles each time. */
  public record Retries(
      @JsonProperty(required = true) int attempts,
      @JsonProperty(required = true) int backoffSeconds) {

    /** How long to wait behind the given attempt, the first being 1. */
    public int backoffSecondsAfter(int attempt) {
      return backoffSeconds << (attempt - 1);
    }
  }

  /** How a long interval is divided into runs. */
  public enum Backfill {
    /** A run for each month, in any order and at the same time. */
    @JsonProperty("months")
    MONTHS,
    /** A run for each month, each after that of the month before. */
    @JsonProperty("months-in-order")
    MONTHS_IN_ORDER,
    /** One run over all of it, after everything that it waits for. */
    @JsonProperty("whole")
    WHOLE
  }

  /**
   * How a pipeline runs in one environment.
   *
   * @param schedule when; null if only a person starts it there
   * @param onlyInHour of UTC, when it is not part of every run of its chain but of those that start
   *     in this hour; null for every run
   * @param freshnessMinutes after its scheduled start by which its tables must be published
   * @param alertChannel who is told if they are not; the environment knows their addresses
   * @param resources null for those of the environment
   */
  public record Operation(
      @Nullable Schedule schedule,
      @Nullable Integer onlyInHour,
      @JsonProperty(required = true) int freshnessMinutes,
      @JsonProperty(required = true) String alertChannel,
      @Nullable Resources resources) {}

  /** A cron line of five fields, in a time zone. */
  public record Schedule(
      @JsonProperty(required = true) String cron, @JsonProperty(required = true) String zone) {}

  /** The machines of one job. */
  public record Resources(
      @JsonProperty(required = true) String machineType,
      @JsonProperty(required = true) int maxWorkers) {}

  /** Reads the manifest of the pipeline of this name from the class path. */
  static Manifest named(String pipeline) {
    String path = "pipelines/" + pipeline + ".yaml";
    try (InputStream yaml = Manifest.class.getClassLoader().getResourceAsStream(path)) {
      if (yaml == null) {
        throw new IllegalArgumentException("no manifest " + path);
      }
      return YAML.readValue(yaml, Manifest.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /** Whether this pipeline reads a table that {@code other} writes, and so must run after it. */
  public boolean readsFrom(Manifest other) {
    return reads.stream().anyMatch(other.writes()::contains);
  }

  /** How it runs in an environment, if it has a place there. */
  public Optional<Operation> in(String environment) {
    return Optional.ofNullable(environments.get(environment));
  }

  /** When it runs in an environment, if somebody schedules it there. */
  public Optional<Schedule> scheduleIn(String environment) {
    return in(environment).map(Operation::schedule);
  }
}
