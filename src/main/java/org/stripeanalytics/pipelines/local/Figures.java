package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.QueryResult;

/**
 * An answer of several tables. As text they stand under their names; JSON is one object with a
 * member for each; CSV is one table with the columns of all, whose first says which table a row is
 * of.
 */
final class Figures {
  private static final String NOTES = "notes";

  /**
   * @param single whether it has one row, which is then a list of names and values
   */
  private record Section(String name, boolean single, QueryResult rows) {}

  private final List<Section> sections = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Adds names with a value each; NaN and infinity are written as no value. */
  Figures facts(String name, Map<String, ?> values) {
    sections.add(
        new Section(
            name,
            true,
            new QueryResult(
                ImmutableList.copyOf(values.keySet()),
                ImmutableList.of(finite(new ArrayList<>(values.values()))))));
    return this;
  }

  /** Adds a table. */
  Figures table(String name, List<String> columns, List<List<Object>> rows) {
    sections.add(
        new Section(
            name,
            false,
            new QueryResult(
                ImmutableList.copyOf(columns),
                rows.stream().map(Figures::finite).collect(toImmutableList()))));
    return this;
  }

  /** Adds a sentence about the figures. */
  Figures note(String sentence) {
    notes.add(sentence);
    return this;
  }

  String render(AnswerFormat format) {
    return switch (format) {
      case TABLE -> text();
      case CSV -> format.render(union());
      case JSON -> json();
    };
  }

  private String text() {
    return sections.stream()
            .map(section -> section.name().replace('_', ' ') + "\n" + text(section))
            .collect(joining("\n"))
        + notes.stream().map(note -> "\n" + note + "\n").collect(joining());
  }

  private static String text(Section section) {
    List<List<String>> cells = new ArrayList<>();
    QueryResult rows = section.rows();
    if (section.single()) {
      for (int c = 0; c < rows.columns().size(); c++) {
        cells.add(List.of(rows.columns().get(c), cell(rows.rows().get(0).get(c))));
      }
      return TextTable.lines("  ", cells, ImmutableSet.of());
    }
    cells.add(rows.columns());
    rows.rows().forEach(row -> cells.add(row.stream().map(Figures::cell).toList()));
    ImmutableSet<Integer> numbers =
        IntStream.range(0, rows.columns().size())
            .filter(c -> rows.rows().stream().noneMatch(row -> row.get(c) instanceof String))
            .boxed()
            .collect(toImmutableSet());
    return TextTable.lines("  ", cells, numbers);
  }

  /** Six decimals, or four digits of what would be nearly nothing at six. */
  private static String cell(@Nullable Object value) {
    if (value instanceof Double number) {
      boolean tiny = number != 0 && Math.abs(number) < 1e-4;
      return String.format(Locale.ROOT, tiny ? "%.3e" : "%.6f", number);
    }
    return Values.toText(value);
  }

  private String json() {
    List<String> members = new ArrayList<>();
    for (Section section : sections) {
      String rows =
          section.rows().rows().stream()
              .map(row -> Values.toJson(byColumn(section.rows().columns(), row)))
              .collect(joining(",\n    "));
      members.add(
          Values.toJson(section.name())
              + ": "
              + (section.single() ? rows : "[\n    " + rows + "]"));
    }
    members.add(Values.toJson(NOTES) + ": " + Values.toJson(notes));
    return members.stream().collect(joining(",\n  ", "{\n  ", "\n}\n"));
  }

  private QueryResult union() {
    Set<String> columns = new LinkedHashSet<>();
    columns.add("table");
    sections.forEach(section -> columns.addAll(section.rows().columns()));
    if (!notes.isEmpty()) {
      columns.add("note");
    }
    ImmutableList.Builder<List<Object>> rows = ImmutableList.builder();
    for (Section section : sections) {
      for (List<Object> row : section.rows().rows()) {
        Map<String, Object> values = byColumn(section.rows().columns(), row);
        values.put("table", section.name());
        rows.add(inOrder(columns, values));
      }
    }
    notes.forEach(note -> rows.add(inOrder(columns, Map.of("table", NOTES, "note", note))));
    return new QueryResult(ImmutableList.copyOf(columns), rows.build());
  }

  private static List<Object> inOrder(Set<String> columns, Map<String, Object> values) {
    List<Object> row = new ArrayList<>();
    columns.forEach(column -> row.add(values.get(column)));
    return row;
  }

  private static Map<String, Object> byColumn(List<String> columns, List<Object> row) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      object.put(columns.get(i), row.get(i));
    }
    return object;
  }

  private static List<Object> finite(List<?> row) {
    List<Object> values = new ArrayList<>(row);
    values.replaceAll(
        value -> value instanceof Double number && !Double.isFinite(number) ? null : value);
    return Collections.unmodifiableList(values);
  }
}
