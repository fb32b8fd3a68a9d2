package org.stripeanalytics.contract.rows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;

/**
 * Columns that several tables have, as an interface of their classes, so that code can treat the
 * rows of all of them alike.
 *
 * @param columns the type of each in Java
 * @param hasBuilder whether it has an interface for the builders, too
 */
record Shape(String name, ImmutableMap<String, String> columns, boolean hasBuilder) {
  /** All there are. Each is an interface in {@code org.stripeanalytics.model}. */
  private static final ImmutableList<Shape> ALL =
      ImmutableList.of(
          new Shape(
              "RawRow",
              ImmutableMap.of(
                  "id", "String",
                  "_changed_at", "Instant",
                  "_snapshot_date", "LocalDate",
                  "_source", "String"),
              /* hasBuilder= */ true),
          new Shape(
              "Segmented",
              ImmutableMap.of(
                  "country", "String",
                  "region", "String",
                  "channel", "String",
                  "initial_plan", "String"),
              /* hasBuilder= */ false));

  /** Those of a table. */
  static List<Shape> of(List<Column> columns) {
    ImmutableMap<String, String> types =
        columns.stream().collect(ImmutableMap.toImmutableMap(Column::name, Column::javaType));
    return ALL.stream()
        .filter(shape -> types.entrySet().containsAll(shape.columns().entrySet()))
        .toList();
  }

  String qualified() {
    return "org.stripeanalytics.model." + name;
  }
}
