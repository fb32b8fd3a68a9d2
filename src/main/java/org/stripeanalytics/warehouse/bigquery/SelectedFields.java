package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.stripeanalytics.contract.Contract;

/** The columns to read for a row class that has some of a table's, as in {@code lines.amount}. */
final class SelectedFields {
  private SelectedFields() {}

  /**
   * @throws IllegalArgumentException when the class has a field that the table has not
   */
  static ImmutableList<String> of(Contract contract, Schema wanted) {
    ImmutableList.Builder<String> selected = ImmutableList.builder();
    select("", contract.name(), contract.columns(), wanted, selected);
    return selected.build();
  }

  private static void select(
      String path,
      String owner,
      List<TableFieldSchema> columns,
      Schema wanted,
      ImmutableList.Builder<String> selected) {
    for (Field field : wanted.getFields()) {
      TableFieldSchema column = column(owner, columns, field.getName());
      Schema nested = nested(field.getType());
      if (nested == null) {
        selected.add(path + field.getName());
      } else {
        select(
            path + field.getName() + ".",
            owner + "." + field.getName(),
            column.getFields(),
            nested,
            selected);
      }
    }
  }

  private static Schema nested(FieldType type) {
    FieldType element = type.getCollectionElementType();
    return (element == null ? type : element).getRowSchema();
  }

  private static TableFieldSchema column(
      String owner, List<TableFieldSchema> columns, String name) {
    return columns.stream()
        .filter(column -> column.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(owner + " has no column " + name));
  }
}
