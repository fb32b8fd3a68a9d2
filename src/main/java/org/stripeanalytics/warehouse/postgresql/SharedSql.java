package org.stripeanalytics.warehouse.postgresql;

import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.StagingView;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * Puts a query into PostgreSQL's words that is written for every warehouse and environment, such as
 * the data tests: names of tables, types, arithmetic of dates, and what is inside JSON. None of
 * what it rewrites means anything else in PostgreSQL, so its own SQL goes through as it is.
 */
final class SharedSql {
  private static final Pattern TOKENS =
      Pattern.compile(
          "(?<quoted>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\\$\\$.*?\\$\\$|--[^\n]*|/\\*.*?\\*/)"
              + "|(?<![\\w.\"])(?<layer>"
              + Arrays.stream(Layer.values()).map(Layer::id).collect(joining("|"))
              + ")\\.(?<table>\\w+)\\b"
              + "|(?<![\\w.\"])(?<alias>\\w+)\\.(?<path>\\w+(?:\\.\\w+)+)"
              + "|\\bDATE_(?<sign>ADD|SUB)\\(\\s*(?<day>[\\w.]+)\\s*,\\s*INTERVAL\\s+(?<count>\\d+)"
              + "\\s+(?<unit>DAY|MONTH|YEAR)\\s*\\)"
              + "|\\bAS\\s+(?<type>STRING|INT64|FLOAT64|BIGNUMERIC)\\s*\\)"
              + "|\\b(?<length>ARRAY_LENGTH)\\(\\s*(?=[\\w.]+\\s*\\))"
              + "|(?<end>;)(?=\\s*\\S)",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private static final ImmutableMap<String, String> TYPES =
      ImmutableMap.of(
          "STRING", "TEXT",
          "INT64", "BIGINT",
          "FLOAT64", "DOUBLE PRECISION",
          "BIGNUMERIC", "NUMERIC");

  /** The type of every value inside JSON, by its path from the column on. */
  private static final ImmutableMap<String, String> PATHS = paths();

  private SharedSql() {}

  /**
   * Puts one statement into PostgreSQL's words.
   *
   * @throws WarehouseException when there is more than one
   */
  static String translate(String sql, SchemaNames names) {
    Matcher token = TOKENS.matcher(sql);
    StringBuilder translated = new StringBuilder();
    while (token.find()) {
      token.appendReplacement(translated, Matcher.quoteReplacement(translated(token, names)));
    }
    return token.appendTail(translated).toString();
  }

  private static String translated(Matcher token, SchemaNames names) {
    if (token.group("layer") != null) {
      String name = token.group().toLowerCase(Locale.ROOT);
      return contract(name)
          .map(names::table)
          .or(() -> StagingView.named(name).map(view -> ViewSql.name(names, view)))
          .orElse(token.group());
    }
    if (token.group("path") != null) {
      return path(token);
    }
    if (token.group("day") != null) {
      return "CAST(%s %s INTERVAL '%s %s' AS DATE)"
          .formatted(
              token.group("day"),
              token.group("sign").equalsIgnoreCase("ADD") ? "+" : "-",
              token.group("count"),
              token.group("unit"));
    }
    if (token.group("type") != null) {
      return "AS " + TYPES.get(token.group("type").toUpperCase(Locale.ROOT)) + ")";
    }
    if (token.group("length") != null) {
      return "jsonb_array_length(";
    }
    if (token.group("end") != null) {
      throw new WarehouseException("one SELECT is answered at a time");
    }
    return token.group();
  }

  /** {@code t.parent.subscription} is not a column of a table of a schema. */
  private static String path(Matcher token) {
    String path = token.group("path").toLowerCase(Locale.ROOT);
    String type = PATHS.get(path);
    if (type == null) {
      return token.group();
    }
    int dot = path.indexOf('.');
    String value =
        token.group("alias")
            + "."
            + path.substring(0, dot)
            + (type.equals("jsonb") ? " #> '{" : " #>> '{")
            + path.substring(dot + 1).replace('.', ',')
            + "}'";
    return type.equals("text") ? "(" + value + ")" : "(" + value + ")::" + type;
  }

  private static Optional<Contract> contract(String name) {
    return Tables.all().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .map(WarehouseTable::contract);
  }

  private static ImmutableMap<String, String> paths() {
    Map<String, String> paths = new HashMap<>();
    for (WarehouseTable<?> table : Tables.all()) {
      table.contract().columns().forEach(column -> addFields(column, column.getName(), paths));
    }
    for (StagingView view : StagingView.all()) {
      view.columns().forEach(column -> addFields(column, column.getName(), paths));
    }
    return ImmutableMap.copyOf(paths);
  }

  private static void addFields(TableFieldSchema owner, String path, Map<String, String> paths) {
    // What is inside a list has no path.
    List<TableFieldSchema> fields =
        owner.getFields() == null || TableSql.isRepeated(owner) ? List.of() : owner.getFields();
    for (TableFieldSchema field : fields) {
      String here = path + "." + field.getName();
      // Two tables that disagree about a path's type: as text, which both are written as.
      paths.merge(here, TableSql.type(field), (one, other) -> one.equals(other) ? one : "text");
      addFields(field, here, paths);
    }
  }
}
