package org.stripeanalytics.warehouse.duckdb;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.warehouse.QueryResult;

/** Lends what the adapter knows about DuckDB to tests that use DuckDB for something else. */
public final class DuckDbSql {
  private DuckDbSql() {}

  /** Opens a file of any content, which need not exist yet. */
  public static Connection connect(Path file) {
    return DuckDbFile.readWrite(file).connect();
  }

  /** The answer of a query, with exact values. */
  public static QueryResult query(Connection connection, String sql) throws SQLException {
    return QueryAnswer.of(connection, sql);
  }

  /** The type in which DuckDB holds a column of a contract. */
  public static String type(TableFieldSchema column) {
    return TableSql.type(column);
  }

  /** A query for the checksum of a table. */
  public static String checksum(Contract contract) {
    return ChecksumSql.of(contract, Set.of());
  }
}
