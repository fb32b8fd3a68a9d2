#!/usr/bin/env bash
# DuckDB 2.0.0.1 casts one STRUCT to another by the names of their fields, also where nobody wrote a cast, as in
# an INSERT: a field that the column does not have is dropped, and a field that the row does not have is NULL,
# both silently. So a nested field that a source adds or renames is lost, where the same at the top level
# ("does not have a column with name") and the same value as JSON ("has unknown key") are errors. Only a STRUCT
# that shares no field at all with the column is refused.
# Expected before it was run: an error for a field that the column does not have.
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
      run(connection, "CREATE TABLE c(price STRUCT(amount INTEGER, currency VARCHAR))");
      for (String sql :
          new String[] {
            "INSERT INTO c SELECT {'amount': 1, 'currency_code': 'usd'}",
            "INSERT INTO c BY NAME SELECT {'amount': 2, 'currency_code': 'usd'} AS price",
            "INSERT INTO c BY NAME SELECT 3 AS amount",
            "INSERT INTO c SELECT '{\"amount\": 4, \"currency_code\": \"usd\"}'::JSON",
            "INSERT INTO c SELECT {'cents': 5, 'currency_code': 'usd'}",
          }) {
        System.out.println(sql + "\n  " + run(connection, sql));
      }
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("SELECT string_agg(price::VARCHAR, ' ') FROM c")) {
        result.next();
        System.out.println("  " + result.getString(1));
      }
    }
  }

  static String run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql) + " row(s)";
    } catch (SQLException e) {
      return e.getMessage().lines().findFirst().get();
    }
  }
}
JAVA
java -cp "$work/*" "$work/Probe.java" | tee "$work/seen"
diff <(grep '^  ' "$work/seen") - <<'SEEN'
  1 row(s)
  1 row(s)
  Binder Error: Table "c" does not have a column with name "amount"
  Conversion Error: Object {"amount":4,"currency_code":"usd"} has unknown key "currency_code"
  Binder Error: STRUCT to STRUCT cast must have at least one matching member, inputs are (STRUCT(cents INTEGER, currency_code VARCHAR)) and (STRUCT(amount INTEGER, currency VARCHAR))
  {'amount': 1, 'currency': NULL} {'amount': 2, 'currency': NULL}
SEEN
