package org.stripeanalytics.warehouse.postgresql;

import static org.stripeanalytics.warehouse.postgresql.SchemaNames.literal;
import static org.stripeanalytics.warehouse.postgresql.SchemaNames.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.stripeanalytics.contract.ColumnChanges;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.StagingView;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * Makes what is missing of a warehouse, and lets it grow.
 *
 * @param reportingZone is recorded when the warehouse is made, and must be the same ever after
 */
record ContractTables(SchemaNames names, String reportingZone) implements Serializable {
  private static final String SETTING = "reporting_zone";

  /** The SQLSTATE of a DROP that something else depends on. */
  private static final String DEPENDENT_OBJECTS = "2BP01";

  /**
   * Makes schemas and tables, in a transaction of its own.
   *
   * @throws WarehouseException when stored rows do not fit their contract, or the warehouse was
   *     made for another reporting zone
   */
  void createAll(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      lock(statement);
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(names.loads()));
      for (Layer layer : Layer.values()) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(names.schema(layer)));
      }
      StoredColumns stored = StoredColumns.in(connection, names);
      StringBuilder changes = new StringBuilder();
      for (WarehouseTable<?> table : Tables.all()) {
        changes(stored, table.contract(), statement)
            .forEach(change -> changes.append(change).append(";\n"));
      }
      ImmutableList<StagingView> stale =
          StagingView.all().stream()
              .filter(view -> isStale(stored, view))
              .collect(ImmutableList.toImmutableList());
      if (!changes.isEmpty() || !stale.isEmpty()) {
        change(statement, dropViews(stored, stale) + changes + createViews(stale));
      }
      keepReportingZone(statement);
      connection.commit();
    } finally {
      // Takes back what was not committed.
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Waits until no other run makes tables here or publishes; until the transaction ends. */
  void lock(Statement statement) throws SQLException {
    statement.execute("SELECT pg_advisory_xact_lock(" + names.lockKey() + ")");
  }

  /**
   * The tables of a schema. They are looked up in the catalogue: to_regclass may answer from a
   * cache that does not know yet what was made while this transaction waited for its advisory lock.
   */
  static Set<String> tablesIn(Statement statement, String schema) throws SQLException {
    ImmutableSet.Builder<String> tables = ImmutableSet.builder();
    try (ResultSet found =
        statement.executeQuery(
            "SELECT t.relname FROM pg_class AS t JOIN pg_namespace AS s ON s.oid = t.relnamespace"
                + " WHERE s.nspname = "
                + literal(schema))) {
      while (found.next()) {
        tables.add(found.getString(1));
      }
    }
    return tables.build();
  }

  private List<String> changes(StoredColumns stored, Contract contract, Statement statement)
      throws SQLException {
    if (!stored.has(contract)) {
      return TableSql.create(names, contract, DocumentStorage.hasLz4(statement));
    }
    ColumnChanges changes =
        ColumnChanges.between(
            contract.name(),
            stored.byTable().get(contract.name()),
            StoredColumns.promised(contract));
    if (changes.isEmpty()) {
      return ImmutableList.of();
    }
    if (changes.breaking().isEmpty()) {
      return grow(contract, stored.byTable().get(contract.name()));
    }
    if (holdsRows(statement, contract)) {
      throw new WarehouseException(
          "the rows of "
              + contract.name()
              + " do not fit this version: "
              + String.join("; ", changes.breaking())
              + "; give a new warehouse and ingest into it again");
    }
    return ImmutableList.<String>builder()
        .add("DROP TABLE " + names.table(contract))
        .addAll(TableSql.create(names, contract, DocumentStorage.hasLz4(statement)))
        .build();
  }

  /**
   * Whether a view has to be made, or made anew because its definition is another or it reads a
   * view that is. One whose raw table is dropped is among them: its columns have changed.
   */
  private boolean isStale(StoredColumns stored, StagingView view) {
    return !ViewSql.comment(names, view).equals(stored.views().get(view.name()))
        || (view.list().isPresent() && isStale(stored, view.ofOwners()));
  }

  /** Views that read others go first, and all before the tables change. */
  private String dropViews(StoredColumns stored, ImmutableList<StagingView> stale) {
    StringBuilder drops = new StringBuilder();
    for (StagingView view : stale.reverse()) {
      if (stored.byTable().containsKey(view.name())) {
        // An earlier version kept these rows in a table.
        drops.append("DROP TABLE ").append(ViewSql.name(names, view)).append(";\n");
      } else if (stored.views().containsKey(view.name())) {
        drops.append("DROP VIEW ").append(ViewSql.name(names, view)).append(";\n");
      }
    }
    return drops.toString();
  }

  private String createViews(ImmutableList<StagingView> stale) {
    StringBuilder creates = new StringBuilder();
    for (StagingView view : stale) {
      ViewSql.create(names, view).forEach(sql -> creates.append(sql).append(";\n"));
    }
    return creates.toString();
  }

  /** Without CASCADE: a view of a user's own that reads one of ours is not ours to drop. */
  private static void change(Statement statement, String changes) throws SQLException {
    try {
      statement.execute(changes);
    } catch (SQLException e) {
      if (DEPENDENT_OBJECTS.equals(e.getSQLState())) {
        throw new WarehouseException(
            "a view of staging has to be made anew, and others read it; drop those before this run"
                + " and create them after it: "
                + SqlMessages.of(e),
            e);
      }
      throw e;
    }
  }

  private List<String> grow(Contract contract, List<TableFieldSchema> present) {
    ImmutableList.Builder<String> statements = ImmutableList.builder();
    String alter = "ALTER TABLE " + names.table(contract);
    for (TableFieldSchema column : contract.columns()) {
      if (present.stream().noneMatch(other -> other.getName().equals(column.getName()))) {
        statements.add(alter + " ADD COLUMN " + TableSql.declaration(column));
      } else if (ColumnChanges.mode(column).equals("NULLABLE")) {
        statements.add(alter + " ALTER COLUMN " + quoted(column.getName()) + " DROP NOT NULL");
      }
      statements.add(TableSql.comment(names, contract, column));
    }
    return statements.build();
  }

  private boolean holdsRows(Statement statement, Contract contract) throws SQLException {
    try (ResultSet any =
        statement.executeQuery("SELECT EXISTS (SELECT 1 FROM " + names.table(contract) + ")")) {
      any.next();
      return any.getBoolean(1);
    }
  }

  private void keepReportingZone(Statement statement) throws SQLException {
    String settings = names.table(Tables.WAREHOUSE_SETTINGS.contract());
    statement.execute(
        "INSERT INTO "
            + settings
            + " (name, value, _ingested_at, _run_id) SELECT "
            + literal(SETTING)
            + ", "
            + literal(reportingZone)
            + ", now() AT TIME ZONE 'UTC', 'create_tables' WHERE NOT EXISTS (SELECT 1 FROM "
            + settings
            + " WHERE name = "
            + literal(SETTING)
            + ")");
    try (ResultSet stored =
        statement.executeQuery(
            "SELECT value FROM " + settings + " WHERE name = " + literal(SETTING))) {
      stored.next();
      if (!stored.getString(1).equals(reportingZone)) {
        throw new WarehouseException(
            "the warehouse was created for the reporting zone "
                + stored.getString(1)
                + ", not "
                + reportingZone
                + "; give that zone, or another warehouse");
      }
    }
  }
}
