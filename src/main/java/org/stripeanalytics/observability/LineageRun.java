package org.stripeanalytics.observability;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import io.openlineage.client.OpenLineage.RunEvent;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A run of a pipeline, as lineage events name it.
 *
 * @param pipeline its name, as in transform
 * @param description what it does, in a sentence
 * @param runId the run
 * @param reads tables, {@code layer.table}
 * @param writes tables
 * @param datasets what tables are called outside
 * @param channel where events go
 */
public record LineageRun(
    String pipeline,
    String description,
    String runId,
    ImmutableList<String> reads,
    ImmutableList<String> writes,
    Datasets datasets,
    LineageChannel channel)
    implements Serializable {

  /**
   * What tables are called outside: OpenLineage's namespace and what stands before {@code
   * layer.table}.
   */
  public record Datasets(String namespace, String prefix) implements Serializable {
    String name(String table) {
      return prefix + table;
    }
  }

  /** The same for every event of the run, and for the run when it is repeated under its id. */
  UUID id() {
    return UUID.nameUUIDFromBytes((pipeline + "\u0000" + runId).getBytes(UTF_8));
  }

  /** Tells that the run has begun. Never throws. */
  public void tellStart(Instant at) {
    emit("START", () -> new LineageEvents(this).start(at));
  }

  /**
   * Tells that the run has ended well. Never throws.
   *
   * @param rows published, by table
   */
  void tellCompletion(Instant at, Map<String, Long> rows) {
    emit("COMPLETE", () -> new LineageEvents(this).complete(at, rows));
  }

  /**
   * Tells that the run has failed. Never throws.
   *
   * @param message why, without anything of the data
   */
  public void tellFailure(Instant at, String message) {
    emit("FAIL", () -> new LineageEvents(this).fail(at, message));
  }

  private void emit(String type, Supplier<RunEvent> event) {
    channel.emit("%s of %s, run %s".formatted(type, pipeline, runId), event);
  }
}
