#!/usr/bin/env bash
# DuckDB 2.0.0.1 gives median and quantile_cont of a DECIMAL column in the column's own scale, and cuts what
# does not fit toward zero instead of rounding it:
# - the median of 1.00 and 2.03 is 1.51 (1.515), that of -1.00 and -2.01 is -1.50 (-1.505);
# - the 90th percentile of 0 and 1 is 0 as DECIMAL(10, 0) and 0.9 as BIGINT, so the type of a column with the
#   same whole numbers decides, by up to a unit.
# avg of the same columns is a DOUBLE. Widening the scale before aggregating is enough; casting the result is not.
# Expected before it was run: a DOUBLE as for BIGINT, or at least rounding.
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
      for (String[] asked :
          new String[][] {
            {"median(x)", "DECIMAL(10, 2)", "1.00", "2.03"},
            {"median(x)", "DECIMAL(10, 2)", "-1.00", "-2.01"},
            {"median(x::DECIMAL(12, 4))", "DECIMAL(10, 2)", "1.00", "2.03"},
            {"median(x)::DECIMAL(12, 4)", "DECIMAL(10, 2)", "1.00", "2.03"},
            {"quantile_cont(x, 0.9)", "DECIMAL(10, 0)", "0", "1"},
            {"quantile_cont(x, 0.9)", "BIGINT", "0", "1"},
            {"avg(x)", "DECIMAL(10, 2)", "1.00", "2.03"},
          }) {
        String sql =
            "SELECT %1$s::VARCHAR || ' ' || typeof(%1$s) FROM (VALUES (%3$s::%2$s), (%4$s::%2$s)) t(x)"
                .formatted((Object[]) asked);
        try (ResultSet result = statement.executeQuery(sql)) {
          result.next();
          System.out.println(String.join(" ", asked) + ": " + result.getString(1));
        }
      }
    }
  }
}
JAVA
java -cp "$work/*" "$work/Probe.java" | tee "$work/seen"
diff "$work/seen" - <<'SEEN'
median(x) DECIMAL(10, 2) 1.00 2.03: 1.51 DECIMAL(10,2)
median(x) DECIMAL(10, 2) -1.00 -2.01: -1.50 DECIMAL(10,2)
median(x::DECIMAL(12, 4)) DECIMAL(10, 2) 1.00 2.03: 1.5150 DECIMAL(12,4)
median(x)::DECIMAL(12, 4) DECIMAL(10, 2) 1.00 2.03: 1.5100 DECIMAL(12,4)
quantile_cont(x, 0.9) DECIMAL(10, 0) 0 1: 0 DECIMAL(10,0)
quantile_cont(x, 0.9) BIGINT 0 1: 0.9 DOUBLE
avg(x) DECIMAL(10, 2) 1.00 2.03: 1.515 DOUBLE
SEEN
