package org.stripeanalytics.pipelines.local;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.warehouse.QueryResult;

/** The forms in which {@code sql} answers. */
enum AnswerFormat {
  /** For people: aligned columns under their names. */
  TABLE {
    @Override
    String render(QueryResult result) {
      return TextTable.of(result);
    }
  },
  /** RFC 4180 with a header; a null is an empty field and an empty string a quoted one. */
  CSV {
    @Override
    String render(QueryResult result) {
      return csvLine(result.columns())
          + result.rows().stream().map(AnswerFormat::csvLine).collect(joining());
    }
  },
  /** One array of one object per row, a row per line. */
  JSON {
    @Override
    String render(QueryResult result) {
      return result.rows().stream()
          .map(row -> Values.toJson(byColumn(result.columns(), row)))
          .collect(joining(",\n", "[", "]\n"));
    }
  };

  abstract String render(QueryResult result);

  /**
   * @throws BadInput when there is no such format
   */
  static AnswerFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInput(
                    "--format="
                        + name
                        + " is not known; allowed are "
                        + Arrays.stream(values()).map(AnswerFormat::id).collect(joining(", "))));
  }

  private String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String csvLine(List<?> row) {
    return row.stream().map(AnswerFormat::csvField).collect(joining(",", "", "\r\n"));
  }

  private static String csvField(@Nullable Object value) {
    String text = value instanceof String string ? string : Values.toText(value);
    boolean quoted = (value != null && text.isEmpty()) || text.matches("(?s).*[\",\r\n].*");
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static Map<String, Object> byColumn(List<String> columns, List<Object> row) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      object.put(columns.get(i), row.get(i));
    }
    return object;
  }
}
