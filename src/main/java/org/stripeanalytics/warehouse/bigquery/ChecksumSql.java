package org.stripeanalytics.warehouse.bigquery;

import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.warehouse.TableChecksum;

/** The canonical text of {@link TableChecksum}, written in GoogleSQL. */
final class ChecksumSql {
  private ChecksumSql() {}

  /** A query for the number of rows and the sum of their hashes, which is a text. */
  static String of(Contract contract, Set<String> leftOutColumns) {
    // 64 bits are a signed number in GoogleSQL; the upper and the lower half are not.
    return "SELECT COUNT(*), CAST(COALESCE(SUM("
        + half(1)
        + " * NUMERIC '4294967296' + "
        + half(9)
        + "), 0) AS STRING) FROM (SELECT TO_HEX(MD5("
        + fieldsText(TableChecksum.columns(contract, leftOutColumns), "checked_row", 0)
        + ")) AS row_hash FROM "
        + contract.name()
        + " AS checked_row) AS hashes";
  }

  private static String half(int from) {
    return "CAST(CONCAT('0x', SUBSTR(row_hash, " + from + ", 8)) AS INT64)";
  }

  private static String fieldsText(List<TableFieldSchema> fields, String owner, int depth) {
    return fields.stream()
        .sorted(Comparator.comparing(TableFieldSchema::getName))
        .map(
            field ->
                "'" + field.getName() + "=', " + text(field, owner + "." + quoted(field), depth))
        .collect(joining(", ", "CONCAT(", ")"));
  }

  /** Null is {@code ~}; everything else starts with a length, so no two values share a text. */
  private static String text(TableFieldSchema field, String value, int depth) {
    if (!"REPEATED".equals(field.getMode())) {
      return scalarText(field, value, depth);
    }
    String element = "element_" + depth;
    return "COALESCE(CONCAT(CAST(ARRAY_LENGTH(%1$s) AS STRING), ':', COALESCE((SELECT STRING_AGG(%2$s, '' ORDER BY place_%3$d) FROM UNNEST(%1$s) AS %4$s WITH OFFSET AS place_%3$d), '')), '~')"
        .formatted(value, scalarText(field, element, depth + 1), depth, element);
  }

  private static String scalarText(TableFieldSchema field, String value, int depth) {
    if (field.getFields() != null) {
      return "IF(" + value + " IS NULL, '~', " + fieldsText(field.getFields(), value, depth) + ")";
    }
    String text =
        switch (field.getType()) {
          case "STRING" -> value;
          // As the other warehouses write their types: nine places, no zone, no zeros at the end.
          case "NUMERIC" -> "FORMAT('%.9f', " + value + ")";
          case "TIMESTAMP" -> "FORMAT_TIMESTAMP('%F %H:%M:%E*S', " + value + ", 'UTC')";
          default -> "CAST(" + value + " AS STRING)";
        };
    return "COALESCE(CONCAT(CAST(LENGTH(" + text + ") AS STRING), ':', " + text + "), '~')";
  }

  private static String quoted(TableFieldSchema field) {
    return "`" + field.getName() + "`";
  }
}
