package org.stripeanalytics.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.warehouse.RestatementSql;
import org.stripeanalytics.warehouse.Restating;

/** Why a figure has changed: the MRR of January was 10, published on February 1, and becomes 12. */
class RestatementSqlTest {
  @TempDir private static Path folder;
  private static DuckDbWarehouse warehouse;

  @BeforeAll
  static void makeTables() {
    warehouse = EmptyWarehouses.at(folder.resolve("stripe.duckdb"));
  }

  @BeforeEach
  void theFigureOfJanuary() throws SQLException {
    run("DELETE FROM ops.restatements");
    run("DELETE FROM ops.run_log");
    run("DELETE FROM raw.discounts");
    run("DELETE FROM marts.unit_economics_monthly");
    run(
        "INSERT INTO marts.unit_economics_monthly BY NAME SELECT DATE '2026-01-01' AS month,"
            + " 'all' AS segment, 'all' AS segment_value, 10 AS customers_new,"
            + zeros()
            + "TIMESTAMP '2026-02-01 02:00:00' AS _ingested_at, 'first' AS _run_id");
    run(
        """
        INSERT INTO ops.run_log BY NAME SELECT 'transform' AS pipeline,
          'marts.unit_economics_monthly' AS table_name, 'succeeded' AS outcome,
          DATE '2026-02-01' AS as_of, '{"churnAt":"ended_at","grossMargin":0.8}' AS options,
          '1.0' AS code_version, 'InMemoryRunner' AS runner,
          TIMESTAMP '2026-02-01 02:00:00' AS started_at,
          TIMESTAMP '2026-02-01 02:01:00' AS finished_at, 60 AS seconds, 1 AS rows_in,
          1 AS rows_loaded, 0 AS rows_superseded, 0 AS rows_rejected, 9 AS bytes_loaded,
          TIMESTAMP '2026-02-01 02:00:00' AS _ingested_at, 'first' AS _run_id
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.0 | \"ended_at\"    | 0.8 | unexplained: no raw row was ingested since, and options and"
            + " version are the same",
        "1.0 | \"canceled_at\" | 0.8 | options: now with churnAt=canceled_at",
        "1.1 | \"canceled_at\" | 0.7 | options: now with churnAt=canceled_at grossMargin=0.7",
        "1.0 | \"ended_at\"    | 0   | options: now with grossMargin=0",
        "1.1 | \"ended_at\"    | 0.8 | code: version 1.0, now 1.1",
      })
  void withoutNewRawRowsItIsTheRunThatDiffers(
      String version, String churnAt, String margin, String cause) throws SQLException {
    restate(version, churnAt, margin);

    assertThat(causes(), is(List.of("10 12 " + cause)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-01-31 | late_data: 1 raw rows were ingested since, of 2026-01-31 to 2026-01-31",
        "2025-12-01 | late_data: 1 raw rows were ingested since, of 2025-12-01 to 2025-12-01",
        "2026-02-01 | new_data: 1 raw rows were ingested since, of 2026-02-01 to 2026-02-01",
      })
  void rawRowsOfTheMonthOrBeforeAreLateAndLaterOnesNew(String day, String cause)
      throws SQLException {
    ingested("di_before", "2026-01-15", "2026-02-01 01:59:59");
    ingested("di_since", day, "2026-02-01 02:30:00");

    restate("1.0", "\"ended_at\"", "0.8");

    assertThat(causes(), is(List.of("10 12 " + cause)));
  }

  @Test
  void aRunThatTheRunLogDoesNotKnowExplainsNothing() throws SQLException {
    run("DELETE FROM ops.run_log");

    restate("1.0", "\"ended_at\"", "0.8");

    assertThat(
        causes(), is(List.of("10 12 unexplained: the run log does not know the run before")));
  }

  private static void restate(String version, String churnAt, String margin) throws SQLException {
    Restating run =
        new Restating(
            "transform", version, ImmutableMap.of("churnAt", churnAt, "grossMargin", margin));
    RestatementSql sql =
        new RestatementSql(
            run,
            TableSql::name,
            "\"",
            "VARCHAR",
            "TIMESTAMP '2026-02-01 03:00:00', 'second'",
            null);
    String rows = "SELECT * REPLACE (12 AS customers_new) FROM marts.unit_economics_monthly";
    run(
        sql.insert(
            List.of(new RestatementSql.Mart(Tables.UNIT_ECONOMICS_MONTHLY.contract(), rows))));
  }

  private static List<String> causes() {
    return warehouse
        .query(
            "SELECT CAST(old_value AS INT) || ' ' || CAST(new_value AS INT) || ' ' || caused_by"
                + " || ': ' || explanation FROM ops.restatements")
        .rows()
        .stream()
        .map(row -> (String) row.get(0))
        .toList();
  }

  private static void ingested(String id, String day, String at) throws SQLException {
    run(
        """
        INSERT INTO raw.discounts BY NAME SELECT '%1$s' AS id, TIMESTAMP '%2$s 12:00:00' AS start,
          false AS deleted, DATE '%2$s' AS _snapshot_date,
          TIMESTAMP '%2$s 12:00:00' AS _changed_at, 'webhook' AS _source,
          TIMESTAMP '%3$s' AS _ingested_at, 'ingestion' AS _run_id
        """
            .formatted(id, day, at));
  }

  /** The other figures that a row must have. */
  private static String zeros() {
    return Tables.UNIT_ECONOMICS_MONTHLY.contract().columns().stream()
        .filter(column -> column.getType().equals("NUMERIC") || column.getType().equals("INTEGER"))
        .filter(column -> !column.getName().equals("customers_new"))
        .map(column -> " 0 AS " + column.getName() + ",")
        .reduce("", String::concat);
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = DuckDbSql.connect(warehouse.path());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
