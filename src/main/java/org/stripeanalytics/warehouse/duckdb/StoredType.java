package org.stripeanalytics.warehouse.duckdb;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a type as DuckDB's catalogue writes it, such as {@code STRUCT("start" TIMESTAMP)[]}, into
 * the words of a contract. Fields of records are {@code NULLABLE}: DuckDB has no other.
 */
final class StoredType {
  private static final String RECORD = "STRUCT(";
  private static final String LIST = "[]";

  /** The types in which {@link TableSql} stores those of a contract. */
  private static final ImmutableMap<String, String> NAMES =
      ImmutableMap.of(
          "VARCHAR", "STRING",
          "BIGINT", "INTEGER",
          "DECIMAL(38,9)", "NUMERIC");

  private final String text;
  private int next;

  private StoredType(String text) {
    this.text = text;
  }

  /**
   * A column of this name and type.
   *
   * @param isNullable whether the column may be empty; a list is REPEATED in either case
   */
  static TableFieldSchema column(String name, String type, boolean isNullable) {
    StoredType reader = new StoredType(type);
    TableFieldSchema column = reader.type().setName(name);
    checkArgument(reader.next == type.length(), "cannot read the type %s", type);
    return isNullable || column.getMode().equals("REPEATED") ? column : column.setMode("REQUIRED");
  }

  private TableFieldSchema type() {
    TableFieldSchema column = new TableFieldSchema().setMode("NULLABLE");
    if (skip(RECORD)) {
      List<TableFieldSchema> fields = new ArrayList<>();
      do {
        String name = name();
        fields.add(type().setName(name));
      } while (skip(", "));
      checkArgument(skip(")"), "cannot read the type %s", text);
      column.setType("RECORD").setFields(fields);
    } else {
      String name = scalar();
      column.setType(NAMES.getOrDefault(name, name));
    }
    while (skip(LIST)) {
      column.setMode("REPEATED");
    }
    return column;
  }

  /** A field's name, which is quoted when it is a word of SQL, and the blank after it. */
  private String name() {
    boolean quoted = skip("\"");
    String name = upTo(quoted ? "\"" : " ");
    next += quoted ? 2 : 1;
    return name;
  }

  /** Up to what cannot be part of the name of a type; a precision in brackets is. */
  private String scalar() {
    int end = next;
    int open = 0;
    while (end < text.length() && (open > 0 || ",)[".indexOf(text.charAt(end)) < 0)) {
      open += text.charAt(end) == '(' ? 1 : text.charAt(end) == ')' ? -1 : 0;
      end++;
    }
    String name = text.substring(next, end);
    next = end;
    return name;
  }

  private String upTo(String end) {
    int index = text.indexOf(end, next);
    checkArgument(index >= 0, "cannot read the type %s", text);
    String before = text.substring(next, index);
    next = index;
    return before;
  }

  private boolean skip(String expected) {
    boolean found = text.startsWith(expected, next);
    next += found ? expected.length() : 0;
    return found;
  }
}
