package org.stripeanalytics.contract;

import static java.util.function.Function.identity;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;

/**
 * How the columns of a table differ between two times, at every depth. A change is additive when
 * every query that worked still works and every stored row still fits: a new column that may be
 * empty, or a column that no longer has to be filled. Every other change is breaking.
 *
 * @param additive a line for each additive change
 * @param breaking a line for each breaking change
 */
public record ColumnChanges(ImmutableList<String> additive, ImmutableList<String> breaking) {
  private static final String REQUIRED = "REQUIRED";
  private static final String NULLABLE = "NULLABLE";

  /**
   * @param path what the columns belong to; the lines name a column by it, such as {@code
   *     raw.invoices.lines.amount}
   */
  public static ColumnChanges between(
      String path, List<TableFieldSchema> before, List<TableFieldSchema> after) {
    Collector changes = new Collector();
    changes.compare(path, before, after);
    return new ColumnChanges(changes.additive.build(), changes.breaking.build());
  }

  public boolean isEmpty() {
    return additive.isEmpty() && breaking.isEmpty();
  }

  /** A column's mode, which a contract need not spell out. */
  public static String mode(TableFieldSchema column) {
    return column.getMode() == null ? NULLABLE : column.getMode();
  }

  private static final class Collector {
    private final ImmutableList.Builder<String> additive = ImmutableList.builder();
    private final ImmutableList.Builder<String> breaking = ImmutableList.builder();

    private void compare(String path, List<TableFieldSchema> before, List<TableFieldSchema> after) {
      ImmutableMap<String, TableFieldSchema> old = byName(before);
      ImmutableMap<String, TableFieldSchema> present = byName(after);
      old.forEach(
          (name, column) -> {
            if (present.containsKey(name)) {
              compare(path + "." + name, column, present.get(name));
            } else {
              breaking.add(path + "." + name + " is gone");
            }
          });
      present.forEach(
          (name, column) -> {
            if (!old.containsKey(name)) {
              // Stored rows have no value for it.
              (mode(column).equals(REQUIRED) ? breaking : additive)
                  .add(path + "." + name + " is new and " + mode(column));
            }
          });
    }

    private void compare(String path, TableFieldSchema before, TableFieldSchema after) {
      if (!before.getType().equals(after.getType())) {
        breaking.add(path + " was " + before.getType() + " and is " + after.getType());
      }
      if (!mode(before).equals(mode(after))) {
        boolean relaxed = mode(before).equals(REQUIRED) && mode(after).equals(NULLABLE);
        (relaxed ? additive : breaking)
            .add(path + " was " + mode(before) + " and is " + mode(after));
      }
      compare(path, fields(before), fields(after));
    }

    private static List<TableFieldSchema> fields(TableFieldSchema column) {
      return column.getFields() == null ? List.of() : column.getFields();
    }

    private static ImmutableMap<String, TableFieldSchema> byName(List<TableFieldSchema> columns) {
      return columns.stream()
          .collect(ImmutableMap.toImmutableMap(TableFieldSchema::getName, identity()));
    }
  }
}
