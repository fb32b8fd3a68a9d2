package org.stripeanalytics.warehouse.postgresql;

import static org.stripeanalytics.warehouse.postgresql.SchemaNames.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.stripeanalytics.contract.Contract;

/**
 * How tables keep whole documents: compressed by LZ4, which takes less time than PostgreSQL's own
 * method, where the server was built with it; and in their row as long as that fits a page. With
 * PostgreSQL's default most rows of events would be moved, in pieces, to a table of their own with
 * an index. Rows that are copied from table to table stay compressed as they are.
 */
final class DocumentStorage {
  private DocumentStorage() {}

  /**
   * The statement that says so of a table without rows; none if the contract has no documents.
   *
   * @param table its name, quoted
   * @param columns those that the table has
   */
  static List<String> of(
      String table, Contract contract, List<TableFieldSchema> columns, boolean hasLz4) {
    if (columns.stream().noneMatch(contract::holdsDocuments)) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<String> changes = ImmutableList.builder();
    for (TableFieldSchema column : columns) {
      String alter = "ALTER " + quoted(column.getName()) + " SET ";
      String type = TableSql.type(column);
      if (type.equals("text") || type.equals("jsonb")) {
        // The others too: a long row would lose its short texts before its document.
        changes.add(alter + "STORAGE MAIN");
      }
      if (hasLz4 && contract.holdsDocuments(column)) {
        changes.add(alter + "COMPRESSION lz4");
      }
    }
    return ImmutableList.of("ALTER TABLE " + table + " " + String.join(", ", changes.build()));
  }

  /** Whether the server can compress by LZ4; the builds of most systems can. */
  static boolean hasLz4(Statement statement) throws SQLException {
    try (ResultSet found =
        statement.executeQuery(
            "SELECT 'lz4' = ANY (enumvals) FROM pg_settings"
                + " WHERE name = 'default_toast_compression'")) {
      return found.next() && found.getBoolean(1);
    }
  }
}
