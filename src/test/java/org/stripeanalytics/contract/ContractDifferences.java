package org.stripeanalytics.contract;

import static java.util.stream.Collectors.toMap;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.beam.sdk.schemas.logicaltypes.Date;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCodec;

/** Where a row class and a contract's columns differ: a sentence each, none when they agree. */
final class ContractDifferences {
  private final List<String> found = new ArrayList<>();

  private ContractDifferences() {}

  static List<String> between(WarehouseTable<?> table) {
    return between(
        table.name(), RowCodec.of(table.rowClass()).schema(), table.contract().columns());
  }

  static List<String> between(String table, Schema rows, List<TableFieldSchema> columns) {
    List<TableFieldSchema> unstamped =
        columns.stream()
            .filter(column -> !Contract.STAMPED_COLUMNS.contains(column.getName()))
            .toList();
    ContractDifferences differences = new ContractDifferences();
    differences.compare(table, rows, unstamped);
    return differences.found;
  }

  private void compare(String path, Schema rows, List<TableFieldSchema> columns) {
    Map<String, Field> fields = byName(rows.getFields(), Field::getName);
    Map<String, TableFieldSchema> promised = byName(columns, TableFieldSchema::getName);
    ImmutableSet<String> names =
        ImmutableSet.<String>builder().addAll(fields.keySet()).addAll(promised.keySet()).build();
    for (String name : names) {
      String column = path + "." + name;
      if (!promised.containsKey(name)) {
        found.add(column + " is not in the contract");
      } else if (!fields.containsKey(name)) {
        found.add(column + " is not in the row class");
      } else {
        compare(column, fields.get(name).getType(), promised.get(name));
      }
    }
  }

  private void compare(String path, FieldType type, TableFieldSchema column) {
    String inClass = mode(type) + " " + type(type);
    String inContract = column.getMode() + " " + column.getType();
    if (!inClass.equals(inContract)) {
      found.add(path + " is " + inContract + " in the contract, " + inClass + " in the row class");
    } else if (column.getType().equals("RECORD")) {
      compare(path, element(type).getRowSchema(), column.getFields());
    }
  }

  private static String mode(FieldType type) {
    if (type.getTypeName() == TypeName.ARRAY) {
      return type.getNullable() || element(type).getNullable() ? "NULLABLE REPEATED" : "REPEATED";
    }
    return type.getNullable() ? "NULLABLE" : "REQUIRED";
  }

  private static String type(FieldType given) {
    FieldType type = element(given);
    return switch (type.getTypeName()) {
      case STRING -> "STRING";
      case INT64 -> "INTEGER";
      case BOOLEAN -> "BOOLEAN";
      case DECIMAL -> "NUMERIC";
      case ROW -> "RECORD";
      case LOGICAL_TYPE -> logicalType(type.getLogicalType().getIdentifier());
      default -> type.getTypeName().name();
    };
  }

  private static String logicalType(String identifier) {
    return switch (identifier) {
      case Date.IDENTIFIER -> "DATE";
      case EpochMicros.IDENTIFIER -> "TIMESTAMP";
      default -> identifier;
    };
  }

  private static FieldType element(FieldType type) {
    return type.getTypeName() == TypeName.ARRAY ? type.getCollectionElementType() : type;
  }

  private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
    return items.stream().collect(toMap(name, item -> item, (a, b) -> b, TreeMap::new));
  }
}
