package org.stripeanalytics.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Everything that was measured on one machine, as {@code results.json} holds it.
 *
 * @param sizes null until they were measured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Results(
    Machine machine, Versions versions, @Nullable Sizes sizes, List<Measurement> measurements) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  Results {
    measurements = List.copyOf(measurements);
  }

  /** What a file holds, if it was measured on the same machine with the same engines. */
  static Results continuing(Path file, Machine machine, Versions versions) throws IOException {
    if (Files.exists(file)) {
      Results before = read(file);
      if (before.machine.equals(machine) && before.versions.equals(versions)) {
        return before;
      }
    }
    return new Results(machine, versions, null, List.of());
  }

  static Results read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static Results parse(String json) throws IOException {
    return JSON.readValue(json, Results.class);
  }

  /** Takes the file's place at once, so that who stops a run loses nothing that was measured. */
  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path written = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(written, JSON.writeValueAsString(this) + "\n");
    Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** With a new measurement in the place of the one before. */
  Results with(Measurement measured) {
    List<Measurement> all = new ArrayList<>(measurements);
    all.removeIf(measured::replaces);
    all.add(measured);
    all.sort(Comparator.comparing(Measurement::subject).thenComparingLong(Measurement::customers));
    return new Results(machine, versions, sizes, all);
  }

  Results with(Sizes measured) {
    return new Results(machine, versions, measured, measurements);
  }

  Optional<Measurement> of(Subject subject) {
    return measurements.stream().filter(m -> m.subject() == subject).findFirst();
  }

  /** Of a subject that is measured at several sizes, the smallest first. */
  List<Measurement> allOf(Subject subject) {
    return measurements.stream().filter(m -> m.subject() == subject).toList();
  }

  /** The whole run of an account of so many customers. */
  Optional<Measurement> runOf(long customers) {
    return allOf(Subject.RUN_LOCAL).stream().filter(m -> m.customers() == customers).findFirst();
  }
}
