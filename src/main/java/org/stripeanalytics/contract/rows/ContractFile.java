package org.stripeanalytics.contract.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Enums;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the classes that one contract describes: that of its rows, and those of its records. */
final class ContractFile {
  /** Stamped by a publication: no row class has them, so that no transform can see a clock. */
  private static final ImmutableSet<String> STAMPED = ImmutableSet.of("_ingested_at", "_run_id");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String layer;
  private final List<RowClass> classes = new ArrayList<>();

  private ContractFile(String layer) {
    this.layer = layer;
  }

  /**
   * @return the classes of the records before those that hold them; the table's own is the last
   */
  static List<RowClass> read(Path file) throws IOException {
    JsonNode contract = JSON.readTree(Files.readString(file));
    String layer = file.getParent().getFileName().toString();
    String table = layer + "." + contract.at("/tableReference/tableId").asText();
    if (!file.endsWith(Path.of(layer, table.substring(layer.length() + 1) + ".json"))) {
      throw new UnusableContractException(file + " describes " + table);
    }
    ContractFile reader = new ContractFile(layer);
    reader.add(table, contract, contract.at("/schema/fields"));
    return reader.classes;
  }

  private ClassName add(String path, JsonNode described, JsonNode fields) {
    ClassName name = ClassName.of(text(path, described, "row"), layer);
    ImmutableList.Builder<Column> columns = ImmutableList.builder();
    for (JsonNode field : fields) {
      if (!STAMPED.contains(field.path("name").asText())) {
        columns.add(column(path, field));
      }
    }
    classes.add(new RowClass(name, path, text(path, described, "description"), columns.build()));
    return name;
  }

  private Column column(String table, JsonNode field) {
    String name = text(table, field, "name");
    String path = table + "." + name;
    String type = text(path, field, "type");
    return new Column(
        path,
        name,
        field.has("property") ? text(path, field, "property") : name,
        type,
        mode(path, text(path, field, "mode")),
        text(path, field, "description"),
        type.equals("RECORD") ? add(path, field, field.path("fields")) : null);
  }

  private static Column.Mode mode(String path, String mode) {
    return Enums.getIfPresent(Column.Mode.class, mode)
        .toJavaUtil()
        .orElseThrow(
            () ->
                new UnusableContractException(
                    path + " has mode " + mode + "; allowed are REQUIRED, NULLABLE, REPEATED"));
  }

  private static String text(String path, JsonNode described, String key) {
    JsonNode value = described.path(key);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new UnusableContractException(path + " has no " + key);
    }
    return value.asText();
  }
}
