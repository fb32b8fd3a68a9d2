package org.stripeanalytics.warehouse.bigquery;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stripeanalytics.warehouse.QueryResult;

/**
 * Runs a publishing script in GoogleSQL's reference implementation, statement by statement. DELETE
 * runs as it is; of INSERT its SELECT is evaluated, of ASSERT its condition, and of MERGE, which
 * the implementation refuses, the join of its two sides, its conditions and its values.
 */
record GoogleSqlScript(GoogleSqlProcess googleSql) {
  private static final Pattern INSERT =
      Pattern.compile("INSERT INTO (`[^`]+`) \\(([^)]*)\\)\\s+(.*)", Pattern.DOTALL);
  private static final Pattern ASSERT = Pattern.compile("ASSERT (.*)\\nAS '.*'", Pattern.DOTALL);
  private static final Pattern MERGE =
      Pattern.compile(
          "MERGE INTO (?<table>`[^`]+`) AS kept\\nUSING (?<source>.*) AS given\\nON (?<on>.*?)\\n"
              + "(?:WHEN MATCHED AND (?<when>.*) THEN UPDATE SET (?<set>[^\\n]*)\\n)?"
              + "WHEN NOT MATCHED THEN INSERT \\((?<columns>[^)]*)\\)\\nVALUES \\((?<values>.*)\\)",
          Pattern.DOTALL);
  private static final Pattern ASSIGNMENT_END = Pattern.compile(", (?=`\\w+` = )");

  void run(String script) {
    for (String statement : Splitter.on(";\n").omitEmptyStrings().split(script)) {
      Matcher insert = INSERT.matcher(statement);
      Matcher merge = MERGE.matcher(statement);
      Matcher assertion = ASSERT.matcher(statement);
      if (statement.startsWith("DELETE")) {
        googleSql.delete(statement);
      } else if (insert.matches()) {
        List<Map<String, Object>> rows = rows(insert.group(1));
        rows.addAll(rows(names(insert.group(2)), googleSql.query(insert.group(3))));
        googleSql.fill(insert.group(1), rows);
      } else if (merge.matches()) {
        merge(merge);
      } else if (assertion.matches()) {
        if (!googleSql.query("SELECT " + assertion.group(1)).value().equals(true)) {
          throw new IllegalStateException(statement);
        }
      } else if (statement.startsWith("SELECT")) {
        var unused = googleSql.query(statement);
      } else if (!statement.endsWith(" TRANSACTION")) {
        throw new IllegalArgumentException("cannot run " + statement);
      }
    }
  }

  private void merge(Matcher merge) {
    String table = merge.group("table");
    String on = merge.group("on");
    List<Map<String, Object>> rows = rows(table);
    if (merge.group("when") != null) {
      String matched =
          " FROM %s AS kept JOIN %s AS given ON %s WHERE %s"
              .formatted(table, merge.group("source"), on, merge.group("when"));
      QueryResult former = googleSql.query("SELECT kept.*" + matched);
      Map<String, String> assigned = assignments(merge.group("set"));
      String values =
          former.columns().stream()
              .map(column -> assigned.getOrDefault(column, "kept.`" + column + "`"))
              .collect(joining(", "));
      List<Map<String, Object>> updated =
          rows(former.columns(), googleSql.query("SELECT " + values + matched));
      insertNew(merge, table, on, rows);
      rows(former.columns(), former).forEach(rows::remove);
      rows.addAll(updated);
    } else {
      insertNew(merge, table, on, rows);
    }
    googleSql.fill(table, rows);
  }

  private void insertNew(Matcher merge, String table, String on, List<Map<String, Object>> rows) {
    rows.addAll(
        rows(
            names(merge.group("columns")),
            googleSql.query(
                "SELECT %s FROM %s AS given WHERE NOT EXISTS (SELECT 1 FROM %s AS kept WHERE %s)"
                    .formatted(merge.group("values"), merge.group("source"), table, on))));
  }

  private static Map<String, String> assignments(String set) {
    Map<String, String> assignments = new LinkedHashMap<>();
    for (String assignment : ASSIGNMENT_END.split(set)) {
      List<String> sides = Splitter.on(" = ").limit(2).splitToList(assignment);
      assignments.put(sides.get(0).replace("`", ""), sides.get(1));
    }
    return assignments;
  }

  private List<Map<String, Object>> rows(String table) {
    QueryResult all = googleSql.rows(table);
    return rows(all.columns(), all);
  }

  private static List<Map<String, Object>> rows(List<String> names, QueryResult answer) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (List<Object> values : answer.rows()) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        row.put(names.get(i), values.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<String> names(String columns) {
    return Splitter.on(", ").splitToList(columns.replace("`", ""));
  }
}
