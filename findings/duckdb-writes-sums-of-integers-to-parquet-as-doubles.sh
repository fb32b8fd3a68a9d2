#!/usr/bin/env bash
# DuckDB 2.0.0.1 writes a sum of whole numbers to Parquet as floating point, without a word: SUM of BIGINT is
# HUGEINT, for which Parquet has no type, so COPY ... TO a Parquet file makes the column DOUBLE. Above 2^53 the
# last digits are gone: 9007199254740993 cents come back as 9007199254740992. A table made from such a query
# keeps HUGEINT, so its export is floating, too. CSV and JSON written from the same query keep all digits, and
# so does Parquet when the sum is cast to DECIMAL(38, 0) first.
# Expected before it was run: a DECIMAL(38, 0) column, or an error.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mvn -B -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=org.duckdb:duckdb_jdbc:2.0.0.1 -DoutputDirectory="$work"
cat >"$work/Probe.java" <<'JAVA'
import java.sql.*;

public class Probe {
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE charges(cents BIGINT)");
      statement.execute("INSERT INTO charges VALUES (9007199254740992), (1)");
      statement.execute("CREATE TABLE totals AS SELECT sum(cents) AS total FROM charges");
      for (String[] copied :
          new String[][] {
            {"SELECT sum(cents) AS total FROM charges", "query.parquet"},
            {"SELECT total FROM totals", "table.parquet"},
            {"SELECT sum(cents)::DECIMAL(38, 0) AS total FROM charges", "decimal.parquet"},
            {"SELECT sum(cents) AS total FROM charges", "query.csv"},
            {"SELECT sum(cents) AS total FROM charges", "query.json"},
          }) {
        String file = "'" + args[0] + "/" + copied[1] + "'";
        statement.execute("COPY (" + copied[0] + ") TO " + file);
        try (ResultSet result =
            statement.executeQuery(
                "SELECT total::DECIMAL(38, 0)::VARCHAR || ' ' || typeof(total) FROM " + file)) {
          result.next();
          System.out.println(copied[1] + ": " + result.getString(1));
        }
      }
    }
  }
}
JAVA
java -cp "$work/*" "$work/Probe.java" "$work" | tee "$work/seen"
diff "$work/seen" - <<'SEEN'
query.parquet: 9007199254740992 DOUBLE
table.parquet: 9007199254740992 DOUBLE
decimal.parquet: 9007199254740993 DECIMAL(38,0)
query.csv: 9007199254740993 BIGINT
query.json: 9007199254740993 BIGINT
SEEN
