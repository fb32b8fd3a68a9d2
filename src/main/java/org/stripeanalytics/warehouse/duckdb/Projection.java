package org.stripeanalytics.warehouse.duckdb;

import static com.google.common.base.Preconditions.checkArgument;
import static org.stripeanalytics.warehouse.duckdb.TableSql.list;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.stripeanalytics.contract.Contract;

/** The select list that reads a table into a row class which has some of its columns. */
final class Projection {
  private Projection() {}

  /**
   * @throws IllegalArgumentException when the class has a field that the table has not
   */
  static String columns(Contract contract, Schema wanted) {
    return list(
        wanted.getFields(),
        field -> {
          TableFieldSchema column = column(contract.name(), contract.columns(), field);
          return value(column, field, quoted(field.getName()), 0)
              + " AS "
              + quoted(field.getName());
        });
  }

  private static String value(TableFieldSchema column, Field field, String ref, int depth) {
    Schema rows = rowSchema(field);
    if (rows == null || isWhole(column, rows)) {
      return ref;
    }
    if (TableSql.isRepeated(column)) {
      String element = "element_" + depth;
      return "list_transform("
          + ref
          + ", lambda "
          + element
          + ": "
          + struct(column, rows, element, depth + 1)
          + ")";
    }
    return "CASE WHEN " + ref + " IS NOT NULL THEN " + struct(column, rows, ref, depth) + " END";
  }

  private static String struct(TableFieldSchema column, Schema rows, String ref, int depth) {
    return "struct_pack("
        + list(
            rows.getFields(),
            f ->
                quoted(f.getName())
                    + " := "
                    + value(
                        column(column.getName(), column.getFields(), f),
                        f,
                        ref + "." + quoted(f.getName()),
                        depth))
        + ")";
  }

  private static boolean isWhole(TableFieldSchema column, Schema rows) {
    return rows.getFieldCount() == column.getFields().size()
        && rows.getFields().stream()
            .allMatch(
                field -> {
                  Schema nested = rowSchema(field);
                  return nested == null
                      || isWhole(column(column.getName(), column.getFields(), field), nested);
                });
  }

  private static Schema rowSchema(Field field) {
    Schema.FieldType element = field.getType().getCollectionElementType();
    return (element == null ? field.getType() : element).getRowSchema();
  }

  private static TableFieldSchema column(
      String owner, List<TableFieldSchema> columns, Field field) {
    checkArgument(
        columns.stream().anyMatch(column -> column.getName().equals(field.getName())),
        "%s has no column %s",
        owner,
        field.getName());
    return columns.stream()
        .filter(column -> column.getName().equals(field.getName()))
        .findFirst()
        .orElseThrow();
  }
}
