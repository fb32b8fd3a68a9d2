package org.stripeanalytics.warehouse.postgresql;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.warehouse.QueryResult;

/**
 * Lends what the adapter knows about PostgreSQL to tests that use PostgreSQL for something else.
 */
public final class PostgresSql {
  private static final SchemaNames NAMES = new SchemaNames("");

  private PostgresSql() {}

  /** A database that is the test's own, and empty but for the tables of the contracts. */
  public static Connection connect() {
    LocalPostgres server = LocalPostgres.started();
    return server.database(server.takeDatabase()).connect();
  }

  /** Closes it and drops the database. */
  public static void close(Connection connection) throws SQLException {
    String database = connection.getCatalog();
    connection.close();
    LocalPostgres.started().giveBack(database, true);
  }

  /** The answer of a query that is written for every warehouse. */
  public static QueryResult query(Connection connection, String sharedSql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(SharedSql.translate(sharedSql, NAMES))) {
      return QueryAnswer.of(answer);
    }
  }

  /** The type in which PostgreSQL holds a column of a contract. */
  public static String type(TableFieldSchema column) {
    return TableSql.type(column);
  }

  /** A query for the checksum of a table. */
  public static String checksum(Contract contract) {
    return ChecksumSql.of(contract, Set.of());
  }
}
