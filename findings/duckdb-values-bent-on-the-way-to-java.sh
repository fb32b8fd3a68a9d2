#!/usr/bin/env bash
# duckdb_jdbc 2.0.0.1 changes values without an error in three places that a warehouse in Java meets:
# - SUM of BIGINT is HUGEINT, and ResultSet.getLong of a sum above 2^63 wraps to a negative number;
#   getInt of a BIGINT wraps in the same way. JDBC drivers usually raise an error for both.
# - The Appender cuts nanoseconds toward zero. After 1970 that rounds a time down, before 1970 up: the last
#   nanosecond of 1969 becomes 1970, another day, month and year.
# - read_json and ->> give other digits than those written for a decimal of more than about 17 digits, even
#   when the target is DECIMAL(38, 9); the same decimal written as a JSON string keeps all its digits.
# Expected before it was run: an error for the first, rounding down for the second, exact digits for the third.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mvn -B -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=org.duckdb:duckdb_jdbc:2.0.0.1 -DoutputDirectory="$work"
cat >"$work/Probe.java" <<'JAVA'
import java.nio.file.*;
import java.sql.*;
import java.time.LocalDateTime;
import org.duckdb.*;

public class Probe {
  static ResultSet query(Connection connection, String sql) throws SQLException {
    ResultSet result = connection.createStatement().executeQuery(sql);
    result.next();
    return result;
  }

  public static void main(String[] args) throws Exception {
    DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    ResultSet sum = query(connection, "SELECT sum(9223372036854775807) FROM range(2)");
    System.out.println("sum " + sum.getObject(1) + ", getLong " + sum.getLong(1));
    ResultSet big = query(connection, "SELECT 4294967297::BIGINT");
    System.out.println("bigint " + big.getObject(1) + ", getInt " + big.getInt(1));

    connection.createStatement().execute("CREATE TABLE times(t TIMESTAMP)");
    for (String time : new String[] {"1969-12-31T23:59:59.999999999", "2024-12-31T23:59:59.999999999"}) {
      try (DuckDBAppender appender = connection.createAppender("main", "times")) {
        appender.beginRow();
        appender.append(LocalDateTime.parse(time));
        appender.endRow();
      }
      ResultSet stored = query(connection, "SELECT t::VARCHAR FROM times");
      System.out.println(time + " appended as " + stored.getString(1));
      connection.createStatement().execute("DELETE FROM times");
    }

    Path file = Files.createTempFile("decimals", ".json");
    Files.writeString(
        file, "{\"number\":12345678901234567890.123456789,\"text\":\"12345678901234567890.123456789\"}\n");
    ResultSet decimals =
        query(
            connection,
            "SELECT number, text FROM read_json('"
                + file
                + "', columns = {number: 'DECIMAL(38,9)', text: 'DECIMAL(38,9)'})");
    System.out.println("number " + decimals.getBigDecimal(1) + ", text " + decimals.getBigDecimal(2));
    Files.delete(file);
  }
}
JAVA
seen="$(java -cp "$work/duckdb_jdbc-2.0.0.1.jar" "$work/Probe.java")"
expected="sum 18446744073709551614, getLong -2
bigint 4294967297, getInt 1
1969-12-31T23:59:59.999999999 appended as 1970-01-01 00:00:00
2024-12-31T23:59:59.999999999 appended as 2024-12-31 23:59:59.999999
number 12345678901234568227.576610816, text 12345678901234567890.123456789"
echo "$seen"
[[ "$seen" == "$expected" ]] || { echo "no longer as found" >&2; exit 1; }
