package org.stripeanalytics.warehouse.postgresql;

import static java.util.stream.Collectors.joining;
import static org.stripeanalytics.warehouse.postgresql.SchemaNames.literal;
import static org.stripeanalytics.warehouse.postgresql.SchemaNames.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.warehouse.TableChecksum;

/** The canonical text of {@link TableChecksum}, written in PostgreSQL's SQL. */
final class ChecksumSql {
  private ChecksumSql() {}

  /** A query for the number of rows and the sum of their hashes. */
  static String of(Contract contract, Set<String> leftOutColumns) {
    String text =
        fieldsText(
            TableChecksum.columns(contract, leftOutColumns),
            field -> columnText(field, "checked_row." + quoted(field.getName())));
    // 64 bits are a signed number in PostgreSQL; the upper and the lower half are not.
    return "SELECT count(*), coalesce(sum(('x' || left(hash, 8))::bit(32)::bigint * 4294967296::numeric"
        + " + ('x' || substr(hash, 9, 8))::bit(32)::bigint), 0) FROM (SELECT md5("
        + text
        + ") AS hash FROM "
        + contract.name()
        + " AS checked_row) AS hashes";
  }

  private static String fieldsText(
      List<TableFieldSchema> fields, Function<TableFieldSchema, String> text) {
    return fields.stream()
        .sorted(Comparator.comparing(TableFieldSchema::getName))
        .map(field -> literal(field.getName() + "=") + " || " + text.apply(field))
        .collect(joining(" || "));
  }

  private static String columnText(TableFieldSchema column, String value) {
    return TableSql.type(column).equals("jsonb") ? jsonText(column, value, 0) : plainText(value);
  }

  /** Null is {@code ~}; everything else starts with a length, so no two values share a text. */
  private static String plainText(String value) {
    return "coalesce(length(%1$s::text) || ':' || %1$s::text, '~')".formatted(value);
  }

  private static String jsonText(TableFieldSchema field, String value, int depth) {
    if (!TableSql.isRepeated(field)) {
      return recordText(field, value, depth);
    }
    String element = "element_" + depth;
    String item = element + ".item";
    return "coalesce(jsonb_array_length(%s) || ':' || coalesce((SELECT string_agg(%s, '' ORDER BY %s.place) FROM jsonb_array_elements(%s) WITH ORDINALITY AS %s(item, place)), ''), '~')"
        .formatted(
            value,
            field.getFields() == null
                ? plainText(scalar(field, "(" + item + " #>> '{}')"))
                : recordText(field, item, depth + 1),
            element,
            value,
            element);
  }

  private static String recordText(TableFieldSchema field, String value, int depth) {
    return "CASE WHEN %s IS NULL THEN '~' ELSE %s END"
        .formatted(
            value,
            fieldsText(
                field.getFields(),
                inner ->
                    TableSql.type(inner).equals("jsonb")
                        ? jsonText(
                            inner, "(" + value + " -> " + literal(inner.getName()) + ")", depth)
                        : plainText(
                            scalar(
                                inner, "(" + value + " ->> " + literal(inner.getName()) + ")"))));
  }

  /** What is a text in JSON, as a column of its type would write it. */
  private static String scalar(TableFieldSchema field, String text) {
    return switch (field.getType()) {
      case "TIMESTAMP", "NUMERIC" -> text + "::" + TableSql.type(field.clone().setMode("NULLABLE"));
      default -> text;
    };
  }
}
