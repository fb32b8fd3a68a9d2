package org.stripeanalytics.warehouse.duckdb;

import static org.stripeanalytics.warehouse.duckdb.TableSql.list;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.stripeanalytics.contract.ColumnChanges;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.StagingView;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * Brings a table that an earlier version made into the shape that its contract has now. The rows
 * move into a new table, so columns, comments and compression are as in a new warehouse; DuckDB
 * matches the fields of records by name and leaves new ones empty.
 */
final class TableGrowth {
  /** Where a table's rows wait within the transaction. */
  private static final String FORMER = "_before_growth";

  private final Connection connection;
  private final ImmutableListMultimap<String, TableFieldSchema> stored;
  private final ImmutableMap<String, String> views;

  private TableGrowth(
      Connection connection,
      ImmutableListMultimap<String, TableFieldSchema> stored,
      ImmutableMap<String, String> views) {
    this.connection = connection;
    this.stored = stored;
    this.views = views;
  }

  /** Reads which columns every table has, and the comments of views. */
  static TableGrowth of(Connection connection) throws SQLException {
    ImmutableListMultimap.Builder<String, TableFieldSchema> stored =
        ImmutableListMultimap.builder();
    try (Statement statement = connection.createStatement();
        ResultSet columns =
            statement.executeQuery(
                "SELECT schema_name || '.' || table_name, column_name, data_type, is_nullable"
                    + " FROM duckdb_columns() WHERE NOT internal ORDER BY column_index")) {
      while (columns.next()) {
        stored.put(
            columns.getString(1),
            StoredType.column(columns.getString(2), columns.getString(3), columns.getBoolean(4)));
      }
    }
    return new TableGrowth(connection, stored.build(), viewComments(connection));
  }

  private static ImmutableMap<String, String> viewComments(Connection connection)
      throws SQLException {
    ImmutableMap.Builder<String, String> comments = ImmutableMap.builder();
    try (Statement statement = connection.createStatement();
        ResultSet views =
            statement.executeQuery(
                "SELECT schema_name || '.' || view_name, comment FROM duckdb_views()"
                    + " WHERE NOT internal AND comment IS NOT NULL")) {
      while (views.next()) {
        comments.put(views.getString(1), views.getString(2));
      }
    }
    return comments.buildOrThrow();
  }

  /**
   * What has to be run for the table to agree with its contract; nothing if it does.
   *
   * @throws WarehouseException when stored rows do not fit the contract
   */
  List<String> statements(Contract contract) throws SQLException {
    List<TableFieldSchema> present = stored.get(contract.name());
    ColumnChanges changes =
        ColumnChanges.between(contract.name(), present, asStored(contract.columns()));
    if (changes.isEmpty()) {
      return ImmutableList.of();
    }
    if (changes.breaking().isEmpty()) {
      return grow(contract, present);
    }
    if (holdsRows(contract)) {
      throw new WarehouseException(
          "the rows of "
              + contract.name()
              + " do not fit this version: "
              + String.join("; ", changes.breaking())
              + "; give a new warehouse and ingest into it again");
    }
    return ImmutableList.<String>builder()
        .add("DROP TABLE " + TableSql.name(contract))
        .addAll(TableSql.create(contract))
        .build();
  }

  /**
   * What has to be run for a view to be there as it is defined now; nothing if it is.
   *
   * @param isTable whether an earlier version kept these rows in a table
   */
  List<String> statements(StagingView view, boolean isTable) {
    ImmutableList.Builder<String> statements = ImmutableList.builder();
    if (isTable) {
      statements.add("DROP TABLE " + ViewSql.name(view));
    } else if (ViewSql.comment(view).equals(views.get(view.name()))) {
      return ImmutableList.of();
    }
    return statements.addAll(ViewSql.create(view)).build();
  }

  private static List<String> grow(Contract contract, List<TableFieldSchema> present) {
    String former = quoted(contract.layer().id()) + "." + quoted(contract.table() + FORMER);
    List<TableFieldSchema> newLists =
        contract.columns().stream()
            .filter(TableSql::isRepeated)
            .filter(c -> present.stream().noneMatch(p -> p.getName().equals(c.getName())))
            .toList();
    return ImmutableList.<String>builder()
        .add(
            "ALTER TABLE "
                + TableSql.name(contract)
                + " RENAME TO "
                + quoted(contract.table() + FORMER))
        .addAll(TableSql.create(contract))
        .add(
            "INSERT INTO "
                + TableSql.name(contract)
                + " BY NAME SELECT *"
                + (newLists.isEmpty() ? "" : ", ")
                + list(newLists, c -> "[] AS " + quoted(c.getName()))
                + " FROM "
                + former)
        .add("DROP TABLE " + former)
        .build();
  }

  private boolean holdsRows(Contract contract) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet any =
            statement.executeQuery("SELECT EXISTS (FROM " + TableSql.name(contract) + ")")) {
      any.next();
      return any.getBoolean(1);
    }
  }

  private static List<TableFieldSchema> asStored(List<TableFieldSchema> columns) {
    return columns.stream().map(column -> asStored(column, column.getMode())).toList();
  }

  /** A field of a record that has to be filled may be empty where it is stored. */
  private static TableFieldSchema asStored(TableFieldSchema column, String mode) {
    TableFieldSchema stored = column.clone().setMode(mode);
    return column.getFields() == null
        ? stored
        : stored.setFields(
            column.getFields().stream()
                .map(f -> asStored(f, TableSql.isRepeated(f) ? f.getMode() : "NULLABLE"))
                .toList());
  }
}
