#!/usr/bin/env bash
# Texts that GoogleSQL (zetasql 2025.09.1, the analyser and evaluator behind BigQuery's dialect) and DuckDB
# 2.0.0 both accept and answer differently, without an error on either side. Whoever tests SQL for BigQuery in
# DuckDB has to keep them out of it. Most harmful for money: NUMERIC is DECIMAL(18, 3) in DuckDB and has nine
# places in GoogleSQL, so the same cast rounds to thousandths; NUMERIC / NUMERIC is DOUBLE; and a quotient
# cast to INT64 rounds half to even in DuckDB, half away from zero in GoogleSQL.
# Expected before it was run: the first four and the day of the week alike.
# Values are printed by CAST(... AS STRING) in both, so that no driver's rendering matters.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
dependency() {
  printf '<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>\n' "$@"
}
{
  echo '<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId>'
  echo '<version>1</version><dependencies>'
  for artifact in zetasql-client zetasql-types zetasql-jni-channel; do
    dependency com.google.zetasql "$artifact" 2025.09.1
  done
  dependency com.google.protobuf protobuf-java 4.33.2
  dependency org.duckdb duckdb_jdbc 2.0.0.1
  dependency org.slf4j slf4j-nop 2.0.17
  echo '</dependencies></project>'
} >"$work/pom.xml"
mvn -B -q -Dstyle.color=never -f "$work/pom.xml" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$work/lib"
cat >"$work/Probe.java" <<'JAVA'
import com.google.zetasql.*;
import java.sql.*;

public class Probe {
  public static void main(String[] args) throws Exception {
    LanguageOptions language = new LanguageOptions();
    language.enableMaximumLanguageFeatures();
    language.setProductMode(ZetaSQLOptions.ProductMode.PRODUCT_EXTERNAL);
    AnalyzerOptions options = new AnalyzerOptions();
    options.setLanguageOptions(language);
    SimpleCatalog catalog = new SimpleCatalog("catalog");
    catalog.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(language));
    try (java.sql.Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      for (String text :
          new String[] {
            "CAST('1.0005' AS NUMERIC)",
            "CAST(1 AS NUMERIC) / CAST(3 AS NUMERIC)",
            "CAST(5 / 2 AS INT64)",
            "BIT_COUNT(-1)",
            "EXTRACT(DAYOFWEEK FROM DATE '2024-01-07')",
            "EXTRACT(WEEK FROM DATE '2024-12-30')",
            "GREATEST(1, NULL)",
            "CONCAT('a', NULL)",
            "SUBSTR('abc', 0, 2)",
            "REGEXP_REPLACE('aaa', 'a', 'b')",
            "LOG(8, 2)",
            "2 ^ 3",
            "[1, 2, 3][0]",
          }) {
        String google;
        try (PreparedExpression expression = new PreparedExpression("CAST(" + text + " AS STRING)")) {
          expression.prepareWithCatalog(options, catalog);
          Value value = expression.execute();
          google = value.isNull() ? "NULL" : value.getStringValue();
        }
        try (ResultSet result = statement.executeQuery("SELECT CAST(" + text + " AS STRING)")) {
          result.next();
          System.out.println(text + ": GoogleSQL " + google + ", DuckDB " + result.getString(1));
        }
      }
    }
    System.exit(0);
  }
}
JAVA
seen="$(java -cp "$work/lib/*" "$work/Probe.java" 2>/dev/null)"
expected="CAST('1.0005' AS NUMERIC): GoogleSQL 1.0005, DuckDB 1.001
CAST(1 AS NUMERIC) / CAST(3 AS NUMERIC): GoogleSQL 0.333333333, DuckDB 0.3333333333333333
CAST(5 / 2 AS INT64): GoogleSQL 3, DuckDB 2
BIT_COUNT(-1): GoogleSQL 64, DuckDB 32
EXTRACT(DAYOFWEEK FROM DATE '2024-01-07'): GoogleSQL 1, DuckDB 0
EXTRACT(WEEK FROM DATE '2024-12-30'): GoogleSQL 52, DuckDB 1
GREATEST(1, NULL): GoogleSQL NULL, DuckDB 1
CONCAT('a', NULL): GoogleSQL NULL, DuckDB a
SUBSTR('abc', 0, 2): GoogleSQL ab, DuckDB a
REGEXP_REPLACE('aaa', 'a', 'b'): GoogleSQL bbb, DuckDB baa
LOG(8, 2): GoogleSQL 3, DuckDB 0.33333333333333337
2 ^ 3: GoogleSQL 1, DuckDB 8.0
[1, 2, 3][0]: GoogleSQL 1, DuckDB null"
echo "$seen"
[[ "$seen" == "$expected" ]] || { echo "no longer as found" >&2; exit 1; }
