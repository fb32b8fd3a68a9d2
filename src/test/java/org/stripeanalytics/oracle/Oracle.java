package org.stripeanalytics.oracle;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The second computation of the movements and the marts, over the raw tables of one warehouse file;
 * {@code src/test/resources/oracle/README.md} says how it is run. What it makes is temporary, so
 * the file is left as it was unless a caller changes it through {@link #execute}.
 */
final class Oracle implements AutoCloseable {
  /** The tables it computes, each by the file of that name. */
  static final ImmutableList<String> TABLES =
      ImmutableList.of(
          "fct_mrr_movements",
          "mrr_daily",
          "mrr_monthly",
          "churn_monthly",
          "retention_cohorts",
          "trial_funnel",
          "unit_economics_monthly",
          "payment_health_monthly",
          "refunds_disputes_monthly",
          "revenue_daily");

  private final Connection connection;

  private Oracle(Connection connection) {
    this.connection = connection;
  }

  /** Opens a warehouse file; {@link #prepare} has to follow. */
  static Oracle over(Path warehouse) {
    try {
      Oracle oracle = new Oracle(DriverManager.getConnection("jdbc:duckdb:" + warehouse));
      oracle.execute("SET TimeZone = 'UTC'");
      // A few rows are not worth handing to other threads.
      oracle.execute("SET threads = 1");
      return oracle;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot open " + warehouse, e);
    }
  }

  /**
   * Sets what the computation depends on.
   *
   * @param policies by the oracle's names, as SQL literals; those left out have their defaults
   */
  Oracle asOf(LocalDate asOf, Map<String, String> policies) {
    execute("SET VARIABLE as_of = DATE '" + asOf + "'");
    policies.forEach((name, literal) -> execute("SET VARIABLE " + name + " = " + literal));
    return this;
  }

  /** Computes everything that the tables share. */
  Oracle prepare() {
    for (String file : List.of("macros", "sources", "subscriptions", "customers")) {
      execute(file(file + ".sql"));
    }
    return this;
  }

  /** The SELECT that computes a table. */
  static String select(String table) {
    String sql = file(table + ".sql").strip();
    return sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql;
  }

  static String file(String name) {
    try {
      return Resources.toString(Resources.getResource("oracle/" + name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs statements that have no answer. */
  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new OracleException(sql, e);
    }
  }

  /** The answer's rows, every cell as the text DuckDB gives it, null as null. */
  List<List<String>> query(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet answer =
            statement.executeQuery("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (" + sql + ")")) {
      List<List<String>> rows = new ArrayList<>();
      int columns = answer.getMetaData().getColumnCount();
      while (answer.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(answer.getString(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new OracleException(sql, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot close the oracle's warehouse", e);
    }
  }

  /** What DuckDB says of a statement that it refuses. */
  static final class OracleException extends RuntimeException {
    OracleException(String sql, SQLException cause) {
      super(cause.getMessage() + "\nin: " + sql, cause);
    }
  }
}
