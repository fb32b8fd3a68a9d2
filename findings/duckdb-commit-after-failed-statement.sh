#!/usr/bin/env bash
# duckdb_jdbc 2.0.0.1: when a statement of a transaction fails and the program goes on to commit(), commit()
# returns normally and everything the transaction did before is gone. A misspelt column in a SELECT is
# enough. Other statements in between are refused, so a program that checks nothing but commit() loses rows.
# Expected before it was run: commit() of an aborted transaction raises an error, or keeps what succeeded.
# Consequence: treat the first failed statement as the end of the transaction; verify rows after commit().
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mvn -B -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=org.duckdb:duckdb_jdbc:2.0.0.1 -DoutputDirectory="$work"
cat >"$work/Probe.java" <<'JAVA'
import java.sql.*;

public class Probe {
  static String run(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return "ok";
    } catch (SQLException e) {
      return "refused";
    }
  }

  public static void main(String[] args) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    run(connection, "CREATE TABLE t(x INTEGER)");
    connection.setAutoCommit(false);
    System.out.println("INSERT: " + run(connection, "INSERT INTO t VALUES (1)"));
    System.out.println("SELECT of a misspelt column: " + run(connection, "SELECT y FROM t"));
    System.out.println("another INSERT: " + run(connection, "INSERT INTO t VALUES (2)"));
    connection.commit();
    System.out.println("commit(): returned");
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM t")) {
      result.next();
      System.out.println("rows: " + result.getLong(1));
    }
  }
}
JAVA
seen="$(java -cp "$work/duckdb_jdbc-2.0.0.1.jar" "$work/Probe.java")"
expected="INSERT: ok
SELECT of a misspelt column: refused
another INSERT: refused
commit(): returned
rows: 0"
echo "$seen"
[[ "$seen" == "$expected" ]] || { echo "no longer as found" >&2; exit 1; }
