#!/usr/bin/env bash
# DuckDB 2.0.0.1: where one INSERT ... ON CONFLICT DO UPDATE brings two rows of the same key, the first is kept
# and every later one is dropped without an error or a warning, whether the key was in the table before or not:
# - the versions 1 and 2 of an object leave version 1, and so does INSERT OR REPLACE;
# - SET n = n + excluded.n adds 1 of 1 and 10;
# - the count of the statement is one.
# MERGE raises an error for the same two rows. So do PostgreSQL's upsert and an INSERT without ON CONFLICT; SQLite
# applies the rows in turn. Code that was tested on one of them loses the latest state of an object here:
# deduplicate before the upsert.
# Expected before it was run: PostgreSQL's error or SQLite's order.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mvn -B -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=org.duckdb:duckdb_jdbc:2.0.0.1 -DoutputDirectory="$work"
cat >"$work/Probe.java" <<'JAVA'
import java.sql.*;

public class Probe {
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      for (String sql :
          new String[] {
            "INSERT INTO states VALUES ('old', 1), ('old', 2) ON CONFLICT DO UPDATE SET n = excluded.n",
            "INSERT INTO states VALUES ('new', 1), ('new', 2) ON CONFLICT DO UPDATE SET n = excluded.n",
            "INSERT OR REPLACE INTO states VALUES ('old', 1), ('old', 2)",
            "INSERT INTO states VALUES ('old', 1), ('old', 10) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            "MERGE INTO states USING (VALUES ('old', 1), ('old', 2)) s(id, n) ON states.id = s.id"
                + " WHEN MATCHED THEN UPDATE SET n = s.n",
          }) {
        run(connection, "CREATE OR REPLACE TABLE states(id VARCHAR PRIMARY KEY, n INTEGER)");
        run(connection, "INSERT INTO states VALUES ('old', 0)");
        String count = run(connection, sql);
        try (Statement statement = connection.createStatement();
            ResultSet result =
                statement.executeQuery(
                    "SELECT string_agg(id || '=' || n, ' ' ORDER BY id DESC) FROM states")) {
          result.next();
          System.out.println(sql + "\n  " + count + ": " + result.getString(1));
        }
      }
    }
  }

  static String run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql) + " row(s)";
    } catch (SQLException e) {
      return e.getMessage().contains("more than once") ? "error, more than once" : e.getMessage();
    }
  }
}
JAVA
java -cp "$work/*" "$work/Probe.java" | tee "$work/seen"
diff <(grep '^  ' "$work/seen") - <<'SEEN'
  1 row(s): old=1
  1 row(s): old=0 new=1
  1 row(s): old=1
  1 row(s): old=1
  error, more than once: old=0
SEEN
