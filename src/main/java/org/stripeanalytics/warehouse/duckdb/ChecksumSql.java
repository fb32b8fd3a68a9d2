package org.stripeanalytics.warehouse.duckdb;

import static java.util.stream.Collectors.joining;
import static org.stripeanalytics.warehouse.duckdb.TableSql.literal;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.warehouse.TableChecksum;

/** The canonical text of {@link TableChecksum}, written in DuckDB's SQL. */
final class ChecksumSql {
  private ChecksumSql() {}

  /** A query for the number of rows and the sum of their hashes. */
  static String of(Contract contract, Set<String> leftOutColumns) {
    List<TableFieldSchema> columns = TableChecksum.columns(contract, leftOutColumns);
    return "SELECT count(*), coalesce(sum(('0x' || left(md5("
        + fieldsText(columns, "checked_row", 0)
        + "), 16))::UBIGINT), 0) FROM "
        + TableSql.name(contract)
        + " AS checked_row";
  }

  private static String fieldsText(List<TableFieldSchema> fields, String owner, int depth) {
    return fields.stream()
        .sorted(Comparator.comparing(TableFieldSchema::getName))
        .map(
            field ->
                literal(field.getName() + "=")
                    + ", "
                    + text(field, owner + "." + quoted(field.getName()), depth))
        .collect(joining(", ", "concat(", ")"));
  }

  /** Null is {@code ~}; everything else starts with a length, so no two values share a text. */
  private static String text(TableFieldSchema field, String value, int depth) {
    if (TableSql.isRepeated(field)) {
      String element = "element_" + depth;
      return "coalesce(len("
          + value
          + ") || ':' || array_to_string(list_transform("
          + value
          + ", lambda "
          + element
          + ": "
          + scalarText(field, element, depth + 1)
          + "), ''), '~')";
    }
    return scalarText(field, value, depth);
  }

  private static String scalarText(TableFieldSchema field, String value, int depth) {
    if (field.getFields() != null) {
      return "CASE WHEN "
          + value
          + " IS NULL THEN '~' ELSE "
          + fieldsText(field.getFields(), value, depth)
          + " END";
    }
    return "coalesce(length(" + value + "::VARCHAR) || ':' || " + value + "::VARCHAR, '~')";
  }
}
