package org.stripeanalytics.warehouse.postgresql;

import static org.stripeanalytics.warehouse.postgresql.SchemaNames.literal;
import static org.stripeanalytics.warehouse.postgresql.SchemaNames.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.StagingArea;
import org.stripeanalytics.warehouse.StagingBatch;

/**
 * An unlogged table beside each table of a run. Every batch of rows carries a number of its own in
 * {@value #BATCH}; rows of batches that nobody has mentioned are never published.
 *
 * @param runId the run, and with {@code ingestedAt} this execution of it
 * @param interval what the run owns; null if it merges into what the tables hold
 * @param purpose tells staging tables of one execution apart
 */
record StagingTables(
    PostgresDatabase database,
    SchemaNames names,
    String runId,
    String ingestedAt,
    @Nullable DataInterval interval,
    String purpose)
    implements StagingArea {
  static final String BATCH = "_batch";

  /** Left by runs that have died. */
  private static final String ABANDONED_AFTER = "3 days";

  @Override
  public <T> StagingBatch<T> batch(WarehouseTable<T> table) {
    return new CopiedBatch<>(this, table);
  }

  /** The same for rows that are added beside what the run loads. */
  StagingTables forAppending() {
    return new StagingTables(database, names, runId, ingestedAt, interval, "append");
  }

  /** The staging table of a table, quoted. */
  String name(Contract contract) {
    return quoted(names.loads()) + "." + quoted(table(contract));
  }

  private String table(Contract contract) {
    return SchemaNames.staging(contract, runId + "/" + ingestedAt + "/" + purpose);
  }

  /** Makes it if it is missing; any number of workers may at once. */
  void create(Connection connection, Contract contract) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + names.lockKey() + " + 1)");
      if (!ContractTables.tablesIn(statement, names.loads()).contains(table(contract))) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(names.loads()));
        statement.execute(
            "CREATE UNLOGGED TABLE "
                + name(contract)
                + " ("
                + TableSql.list(staged(contract), c -> quoted(c.getName()) + " " + TableSql.type(c))
                + ", "
                + BATCH
                + " bigint NOT NULL) WITH (autovacuum_enabled = off)");
        for (String storage :
            DocumentStorage.of(
                name(contract), contract, staged(contract), DocumentStorage.hasLz4(statement))) {
          statement.execute(storage);
        }
        // Only a literal can be a comment.
        statement.execute(
            "DO $$ BEGIN EXECUTE format('COMMENT ON TABLE %s IS %%L', now()); END $$"
                .formatted(name(contract)));
      }
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Removes the staging tables of this run, and those that runs have abandoned. */
  void drop(Connection connection, List<Contract> contracts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      contracts.forEach(contract -> tables.add(name(contract)));
      try (ResultSet abandoned =
          statement.executeQuery(
              "SELECT t.oid::regclass::text FROM pg_class AS t"
                  + " JOIN pg_namespace AS s ON s.oid = t.relnamespace WHERE s.nspname = "
                  + literal(names.loads())
                  + " AND t.relkind = 'r' AND obj_description(t.oid, 'pg_class')::timestamptz"
                  + " < now() - INTERVAL '"
                  + ABANDONED_AFTER
                  + "'")) {
        while (abandoned.next()) {
          tables.add(abandoned.getString(1));
        }
      }
      for (String table : tables) {
        statement.execute("DROP TABLE IF EXISTS " + table);
      }
    }
  }

  static List<TableFieldSchema> staged(Contract contract) {
    return contract.columns().stream()
        .filter(column -> !Contract.STAMPED_COLUMNS.contains(column.getName()))
        .toList();
  }
}
