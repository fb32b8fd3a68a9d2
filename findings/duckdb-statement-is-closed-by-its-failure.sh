#!/usr/bin/env bash
# duckdb_jdbc 2.0.0.1: a Statement whose SQL has failed closes itself. The next execute() on it, of whatever SQL,
# says "Statement was closed", in autocommit too, and nothing but the connection goes on working.
# A loop that keeps one Statement, notes the failures and goes on reports every later statement as failed.
# Expected before it was run: a Statement can be executed again after an error, as with JDBC's other drivers.
# Consequence: one Statement for each execute(), above all where failures are expected.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mvn -B -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=org.duckdb:duckdb_jdbc:2.0.0.1 -DoutputDirectory="$work"
cat >"$work/Probe.java" <<'JAVA'
import java.sql.*;

public class Probe {
  static String run(Statement statement, String sql) {
    try {
      statement.execute(sql);
      return "ok";
    } catch (SQLException e) {
      return e.getMessage().lines().findFirst().orElse("").startsWith("Statement was closed")
          ? "Statement was closed"
          : "refused";
    }
  }

  public static void main(String[] args) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement kept = connection.createStatement()) {
      System.out.println("SELECT 1: " + run(kept, "SELECT 1"));
      System.out.println("SELECT of a column that is not there: " + run(kept, "SELECT y"));
      System.out.println("SELECT 1 again: " + run(kept, "SELECT 1"));
      System.out.println("closed: " + kept.isClosed());
      try (Statement fresh = connection.createStatement()) {
        System.out.println("SELECT 1 by another Statement: " + run(fresh, "SELECT 1"));
      }
    }
  }
}
JAVA
seen="$(java -cp "$work/duckdb_jdbc-2.0.0.1.jar" "$work/Probe.java")"
expected="SELECT 1: ok
SELECT of a column that is not there: refused
SELECT 1 again: Statement was closed
closed: true
SELECT 1 by another Statement: ok"
echo "$seen"
[[ "$seen" == "$expected" ]] || { echo "no longer as found" >&2; exit 1; }
