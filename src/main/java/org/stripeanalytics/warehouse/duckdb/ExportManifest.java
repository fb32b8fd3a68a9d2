package org.stripeanalytics.warehouse.duckdb;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * What an export holds, in {@code manifest.json} at its top. It is written last, so a directory
 * that has one is whole.
 *
 * @param format of all files
 * @param exportedAt when the export began
 * @param reportingZone whose days are the days of the tables
 */
public record ExportManifest(
    ExportFormat format, String exportedAt, String reportingZone, List<ExportedTable> tables) {
  public static final String FILE = "manifest.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /**
   * A table of an export.
   *
   * @param table {@code layer.table}
   * @param partition the part of its files' paths that says which days they hold, such as {@code
   *     partition_month}; null if the table has one file
   * @param checksum of the rows, as {@code sql --checksums} prints it; null unless asked for
   * @param columns as in a schema of BigQuery
   */
  public record ExportedTable(
      String table,
      String description,
      @Nullable String partition,
      long rows,
      @Nullable BigInteger checksum,
      List<Map<String, Object>> columns,
      List<ExportedFile> files) {}

  /**
   * A file of a table.
   *
   * @param path from the directory of the export
   */
  public record ExportedFile(String path, long bytes, String sha256) {}

  /** Rows of all tables together. */
  public long rows() {
    return tables.stream().mapToLong(ExportedTable::rows).sum();
  }

  /** Files of all tables together. */
  public ImmutableList<ExportedFile> files() {
    return tables.stream()
        .flatMap(table -> table.files().stream())
        .collect(ImmutableList.toImmutableList());
  }

  void write(Path directory) throws IOException {
    Files.writeString(directory.resolve(FILE), JSON.writeValueAsString(this) + "\n");
  }

  /**
   * Reads the manifest of an export.
   *
   * @throws WarehouseException when there is none
   */
  static ExportManifest read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new WarehouseException(
          directory + " has no " + FILE + "; give the directory of a finished export");
    }
    try {
      return JSON.readValue(Files.readString(file), ExportManifest.class);
    } catch (JsonProcessingException e) {
      throw new WarehouseException(file + " is not the manifest of an export", e);
    }
  }
}
