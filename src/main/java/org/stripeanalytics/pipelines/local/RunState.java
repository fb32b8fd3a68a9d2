package org.stripeanalytics.pipelines.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.warehouse.duckdb.DurableFiles;

/**
 * How far a run has come, kept beside the warehouse until it has succeeded, so that {@code
 * --resume} can go on with it.
 *
 * @param args the options of the run
 * @param done names of the tasks that are done
 */
record RunState(
    @JsonProperty(required = true) List<String> args,
    @JsonProperty(required = true) String runId,
    @JsonProperty(required = true) String ingestedAt,
    @JsonProperty(required = true) List<String> done) {
  private static final ObjectMapper JSON = new ObjectMapper();

  RunState {
    args = ImmutableList.copyOf(args);
    done = ImmutableList.copyOf(done);
  }

  static Path beside(Path warehouse) {
    return Path.of(warehouse + ".run.json");
  }

  /**
   * @throws BadInput when there is none, because no run has failed
   */
  static void require(Path warehouse) {
    if (!Files.exists(beside(warehouse))) {
      throw new BadInput("no run of " + warehouse + " has failed on the way; start one anew");
    }
  }

  /**
   * @throws BadInput when there is none, or it cannot be read
   */
  static RunState read(Path warehouse) {
    require(warehouse);
    Path file = beside(warehouse);
    try {
      return JSON.readValue(file.toFile(), RunState.class);
    } catch (IOException e) {
      throw new BadInput(file + " is not the state of a run; start the run anew, without --resume");
    }
  }

  RunState with(LocalTask task) {
    return new RunState(
        args,
        runId,
        ingestedAt,
        ImmutableList.<String>builder().addAll(done).add(task.name()).build());
  }

  /** Written beside and renamed, so that a run that dies meanwhile leaves the one before. */
  void write(Path warehouse) {
    Path file = beside(warehouse);
    Path next = Path.of(file + ".next");
    try {
      JSON.writeValue(next.toFile(), this);
      DurableFiles.rename(next, file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static void delete(Path warehouse) {
    try {
      DurableFiles.delete(beside(warehouse));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + beside(warehouse), e);
    }
  }
}
