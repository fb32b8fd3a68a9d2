package org.stripeanalytics.pipelines;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.observability.AlertChannels;

/**
 * What {@code pipelines/<name>.yaml} says of a pipeline. {@code pipelines/README.md} describes the
 * keys.
 *
 * @param main the class a launcher starts
 * @param owner the team that answers for it and for the tables it writes
 * @param reads tables, as {@code layer.table}
 * @param writes tables, as {@code layer.table}
 * @param schedule when it runs in production; null if only a person starts it
 * @param retries what happens when it fails
 * @param alerts channels that hear of its incidents, as {@link AlertChannels} names them
 */
public record Manifest(
    @JsonProperty(required = true) String main,
    @JsonProperty(required = true) String description,
    @JsonProperty(required = true) String owner,
    @JsonProperty(required = true) List<String> reads,
    @JsonProperty(required = true) List<String> writes,
    @Nullable Schedule schedule,
    @JsonProperty(required = true) Retries retries,
    @JsonProperty(required = true) List<String> alerts) {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  public Manifest {
    reads = ImmutableList.copyOf(reads);
    writes = ImmutableList.copyOf(writes);
    alerts = ImmutableList.copyOf(alerts);
  }

  /** A cron line of five fields, in a time zone. */
  public record Schedule(
      @JsonProperty(required = true) String cron, @JsonProperty(required = true) String zone) {}

  /** How often a failed run is tried again, and how long to wait; the wait doubles each time. */
  public record Retries(
      @JsonProperty(required = true) int attempts,
      @JsonProperty(required = true) int backoffSeconds) {}

  /** Reads the manifest of a pipeline from the class path. */
  public static Manifest of(PipelineMain<?> pipeline) {
    String path = "pipelines/" + pipeline.name() + ".yaml";
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
}
