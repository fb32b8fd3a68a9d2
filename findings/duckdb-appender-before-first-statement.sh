#!/usr/bin/env bash
# duckdb_jdbc 2.0.0.1: with auto-commit off, an Appender that is used before the transaction's first
# statement is not part of the transaction. Its rows are visible to other connections when it closes, and
# rollback() leaves them. After any statement, even a SELECT, the same Appender is rolled back.
# Expected before it was run: setAutoCommit(false) covers everything on the connection until commit().
# Consequence: run a statement before the first Appender of a transaction, or send BEGIN yourself.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mvn -B -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=org.duckdb:duckdb_jdbc:2.0.0.1 -DoutputDirectory="$work"
cat >"$work/Probe.java" <<'JAVA'
import java.sql.*;
import org.duckdb.*;

public class Probe {
  static void appendTen(DuckDBConnection connection) throws SQLException {
    try (DuckDBAppender appender = connection.createAppender("main", "t")) {
      for (int i = 0; i < 10; i++) {
        appender.beginRow();
        appender.append(i);
        appender.endRow();
      }
    }
  }

  static long rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM t")) {
      result.next();
      return result.getLong(1);
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public static void main(String[] args) throws SQLException {
    DuckDBConnection writer = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    Connection reader = writer.duplicate();
    run(writer, "CREATE TABLE t(x INTEGER)");
    writer.setAutoCommit(false);
    appendTen(writer);
    System.out.println("appender first; another connection sees before commit: " + rows(reader));
    writer.rollback();
    System.out.println("appender first; rows after rollback: " + rows(reader));
    run(writer, "DELETE FROM t");
    writer.commit();
    run(writer, "SELECT 1");
    appendTen(writer);
    writer.rollback();
    System.out.println("SELECT 1, then appender; rows after rollback: " + rows(reader));
  }
}
JAVA
seen="$(java -cp "$work/duckdb_jdbc-2.0.0.1.jar" "$work/Probe.java")"
expected="appender first; another connection sees before commit: 10
appender first; rows after rollback: 10
SELECT 1, then appender; rows after rollback: 0"
echo "$seen"
[[ "$seen" == "$expected" ]] || { echo "no longer as found" >&2; exit 1; }
