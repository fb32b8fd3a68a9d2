package org.stripeanalytics.benchmark;

import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import org.stripeanalytics.contract.Contract;

/**
 * SQL, for DuckDB, that says how many bytes BigQuery would count for the rows of a table: by its
 * rules for the size of each type, before compression, nulls as nothing.
 */
final class LogicalBytes {

  /** A query with one row and one value. */
  static String query(Contract contract) {
    return "SELECT CAST(coalesce(sum(%s), 0) AS BIGINT) FROM %s"
        .formatted(ofFields("", contract.columns(), 0), contract.name());
  }

  private static String ofFields(String prefix, List<TableFieldSchema> fields, int depth) {
    return fields.stream()
        .map(field -> ofField(prefix + "\"" + field.getName() + "\"", field, depth))
        .collect(joining(" + "));
  }

  private static String ofField(String value, TableFieldSchema field, int depth) {
    if (!"REPEATED".equals(field.getMode())) {
      return ofValue(value, field, depth);
    }
    String item = "item" + depth;
    return "coalesce(list_sum(list_transform(%s, lambda %s: %s)), 0)"
        .formatted(value, item, ofValue(item, field, depth + 1));
  }

  private static String ofValue(String value, TableFieldSchema field, int depth) {
    return switch (field.getType()) {
      case "RECORD" -> "(" + ofFields(value + ".", field.getFields(), depth) + ")";
      case "STRING", "JSON" -> "coalesce(strlen(CAST(%s AS VARCHAR)) + 2, 0)".formatted(value);
      case "BOOLEAN" -> ofFixed(value, 1);
      case "NUMERIC" -> ofFixed(value, 16);
      case "BIGNUMERIC" -> ofFixed(value, 32);
      case "INTEGER", "FLOAT", "DATE", "TIMESTAMP", "DATETIME" -> ofFixed(value, 8);
      default -> throw new IllegalArgumentException("the size of " + field.getType());
    };
  }

  private static String ofFixed(String value, int bytes) {
    return "CASE WHEN %s IS NULL THEN 0 ELSE %d END".formatted(value, bytes);
  }

  private LogicalBytes() {}
}
