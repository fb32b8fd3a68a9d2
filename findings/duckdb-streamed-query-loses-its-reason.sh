#!/usr/bin/env bash
# duckdb_jdbc 2.0.0.1: with the connection property jdbc_stream_results=true a query whose first row cannot be
# computed fails with "Invalid result set" and no reason; without it the same query says which value could not
# be converted. And two connections of one process to one file, one of them streaming, are refused as a
# "different configuration", because the property is one of the database's and not of the connection's.
# Expected before it was run: the same message either way, and a setting per connection.
# Consequence: to keep the reason, do not stream, or run the failing query again without it.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mvn -B -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=org.duckdb:duckdb_jdbc:2.0.0.1 -DoutputDirectory="$work"
cat >"$work/Probe.java" <<'JAVA'
import java.sql.*;
import java.util.Properties;

public class Probe {
  static Connection open(String url, boolean stream) throws SQLException {
    Properties properties = new Properties();
    if (stream) {
      properties.setProperty("jdbc_stream_results", "true");
    }
    return DriverManager.getConnection(url, properties);
  }

  static String failure(boolean stream) throws SQLException {
    try (Connection connection = open("jdbc:duckdb:", stream);
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT CAST(word AS DOUBLE) FROM (VALUES ('x')) AS t(word)")) {
      result.next();
      return "no error";
    } catch (SQLException e) {
      return e.getMessage().contains("Could not convert string 'x'") ? "says why" : e.getMessage();
    }
  }

  public static void main(String[] args) throws SQLException {
    System.out.println("not streamed: " + failure(false));
    System.out.println("streamed: " + failure(true));
    String url = "jdbc:duckdb:" + args[0];
    try (Connection first = open(url, false);
        Connection second = open(url, true)) {
      System.out.println("second connection: opened");
    } catch (SQLException e) {
      System.out.println(
          "second connection: "
              + (e.getMessage().contains("different configuration") ? "different configuration" : e));
    }
  }
}
JAVA
seen="$(java -cp "$work/duckdb_jdbc-2.0.0.1.jar" "$work/Probe.java" "$work/w.duckdb")"
echo "$seen"
expected="not streamed: says why
streamed: Invalid Input Error: Invalid result set
second connection: different configuration"
[[ "$seen" == "$expected" ]] || { echo "no longer as found" >&2; exit 1; }
