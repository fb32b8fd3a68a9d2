package org.stripeanalytics.warehouse.duckdb;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * Asks a file for checksums, all of them of the same moment. One connection asks for all: most of
 * the price of a small table's is not the answer but what comes before it.
 */
final class StoredChecksums {
  private final Statement statement;
  private final Set<String> leftOutColumns;

  private StoredChecksums(Statement statement, Set<String> leftOutColumns) {
    this.statement = statement;
    this.leftOutColumns = leftOutColumns;
  }

  /** One per table, in their order. */
  static ImmutableList<TableChecksum> of(
      DuckDbFile file, List<WarehouseTable<?>> tables, Set<String> leftOutColumns) {
    try (Connection connection = file.connect();
        Statement statement = connection.createStatement()) {
      file.stopStreaming(statement);
      statement.execute("BEGIN TRANSACTION READ ONLY");
      StoredChecksums checksums = new StoredChecksums(statement, leftOutColumns);
      return tables.stream().map(checksums::of).collect(toImmutableList());
    } catch (SQLException e) {
      throw new WarehouseException(String.valueOf(e.getMessage()), e);
    }
  }

  private TableChecksum of(WarehouseTable<?> table) {
    try {
      return holdsRows(table)
          ? asked(table, ChecksumSql.of(table.contract(), leftOutColumns))
          : TableChecksum.ofNoRows(table);
    } catch (SQLException e) {
      throw new WarehouseException(String.valueOf(e.getMessage()), e);
    }
  }

  /** An empty table need not pay for the planning of a wide query. */
  private boolean holdsRows(WarehouseTable<?> table) throws SQLException {
    String any = "SELECT EXISTS (FROM " + TableSql.name(table.contract()) + ")";
    try (ResultSet answer = statement.executeQuery(any)) {
      answer.next();
      return answer.getBoolean(1);
    }
  }

  private TableChecksum asked(WarehouseTable<?> table, String sql) throws SQLException {
    try (ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return new TableChecksum(
          table.name(), answer.getLong(1), new BigInteger(answer.getObject(2).toString()));
    }
  }
}
