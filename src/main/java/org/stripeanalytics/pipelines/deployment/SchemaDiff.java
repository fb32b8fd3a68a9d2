package org.stripeanalytics.pipelines.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.stripeanalytics.contract.ColumnChanges;

/**
 * What has changed between two states of {@code schemas/}. {@link ColumnChanges} says which changes
 * of columns are additive; a table that is gone, or stored in another way, breaks somebody.
 *
 * @param additive what was added, a line each
 * @param breaking what was taken away or altered, a line each
 */
public record SchemaDiff(ImmutableList<String> additive, ImmutableList<String> breaking) {

  /** Compares two directories of contracts. */
  public static SchemaDiff of(Path before, Path after) {
    Collector changes = new Collector();
    Map<String, JsonNode> old = contracts(before);
    Map<String, JsonNode> present = contracts(after);
    present.keySet().stream()
        .filter(table -> !old.containsKey(table))
        .forEach(table -> changes.additive.add(table + " is new"));
    old.forEach(
        (table, contract) -> {
          if (present.containsKey(table)) {
            changes.compare(table, contract, present.get(table));
          } else {
            changes.breaking.add(table + " is gone");
          }
        });
    return new SchemaDiff(changes.additive.build(), changes.breaking.build());
  }

  /** Whether the change may be released under this version: what breaks needs a new major one. */
  public boolean allows(String versionBefore, String versionAfter) {
    return breaking.isEmpty() || major(versionAfter) > major(versionBefore);
  }

  private static int major(String version) {
    return Integer.parseInt(version.split("[.]", 2)[0]);
  }

  private static Map<String, JsonNode> contracts(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .collect(
              Collectors.toMap(
                  file ->
                      file.getParent().getFileName()
                          + "."
                          + file.getFileName().toString().replace(".json", ""),
                  SchemaDiff::read,
                  (one, other) -> one,
                  TreeMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return JsonFiles.JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static final class Collector {
    private final ImmutableList.Builder<String> additive = ImmutableList.builder();
    private final ImmutableList.Builder<String> breaking = ImmutableList.builder();

    void compare(String table, JsonNode before, JsonNode after) {
      for (String part : List.of("timePartitioning", "clustering", "tableConstraints")) {
        if (!before.path(part).equals(after.path(part))) {
          breaking.add(
              "%s: %s was %s and is %s"
                  .formatted(table, part, before.path(part), after.path(part)));
        }
      }
      ColumnChanges columns = ColumnChanges.between(table, columns(before), columns(after));
      additive.addAll(columns.additive());
      breaking.addAll(columns.breaking());
    }

    private static List<TableFieldSchema> columns(JsonNode contract) {
      try {
        return GsonFactory.getDefaultInstance()
            .fromString(contract.path("schema").toString(), TableSchema.class)
            .getFields();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the columns of " + contract, e);
      }
    }
  }
}
