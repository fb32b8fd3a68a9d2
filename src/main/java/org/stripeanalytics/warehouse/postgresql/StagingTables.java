package org.stripeanalytics.warehouse.postgresql;

import static org.stripeanalytics.warehouse.postgresql.SchemaNames.literal;
import static org.stripeanalytics.warehouse.postgresql.SchemaNames.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableMap;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.StagingArea;
import org.stripeanalytics.warehouse.StagingBatch;

/**
 * An unlogged table beside each table of a run, or {@link StagedMonths}. Every batch of rows
 * carries a number of its own in {@value #BATCH}; rows of batches that nobody has mentioned are
 * never published.
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

  /** Likewise, without its schema. */
  String table(Contract contract) {
    return SchemaNames.staging(contract, runId + "/" + ingestedAt + "/" + purpose);
  }

  /**
   * Makes it if it is missing; any number of workers may at once.
   *
   * @param months of which there are rows to stage
   */
  void create(Connection connection, Contract contract, Set<YearMonth> months) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + names.lockKey() + " + 1)");
      StagedMonths inMonths = new StagedMonths(this, contract);
      Set<String> existing = ContractTables.tablesIn(statement, names.loads());
      if (!existing.contains(table(contract))) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(names.loads()));
        if (inMonths.areWanted(statement)) {
          inMonths.createTable(statement);
        } else {
          createUnlogged(statement, contract);
        }
        for (String storage :
            DocumentStorage.of(
                name(contract), contract, staged(contract), DocumentStorage.hasLz4(statement))) {
          statement.execute(storage);
        }
        noteTime(statement, name(contract));
        if (StagedMonths.areOf(contract)) {
          inMonths.createCounts(statement);
          noteTime(statement, inMonths.counts());
        }
      }
      if (inMonths.exist(statement)) {
        inMonths.createMonths(statement, months, existing);
      }
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static void noteTime(Statement statement, String table) throws SQLException {
    // Only a literal can be a comment.
    statement.execute(
        "DO $$ BEGIN EXECUTE format('COMMENT ON TABLE %s IS %%L', now()); END $$".formatted(table));
  }

  private void createUnlogged(Statement statement, Contract contract) throws SQLException {
    statement.execute(
        "CREATE UNLOGGED TABLE "
            + name(contract)
            + " ("
            + TableSql.list(staged(contract), c -> quoted(c.getName()) + " " + TableSql.type(c))
            + ", "
            + BATCH
            + " bigint NOT NULL) WITH (autovacuum_enabled = off)");
  }

  /** Removes the staging tables of this run, and those that runs have abandoned. */
  void drop(Connection connection, List<Contract> contracts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      for (Contract contract : contracts) {
        tables.add(name(contract));
        if (StagedMonths.areOf(contract)) {
          tables.add(new StagedMonths(this, contract).counts());
        }
      }
      try (ResultSet abandoned =
          statement.executeQuery(
              // CASE: a description of another schema's table is no time, and is not to be read as
              // one.
              """
              SELECT t.oid::regclass::text FROM pg_class AS t
              JOIN pg_namespace AS s ON s.oid = t.relnamespace
              WHERE s.nspname = %1$s AND t.relkind IN ('r', 'p')
                AND CASE WHEN s.nspname = %1$s THEN obj_description(t.oid, 'pg_class')::timestamptz END
                  < now() - INTERVAL %2$s
              """
                  .formatted(literal(names.loads()), literal(ABANDONED_AFTER)))) {
        while (abandoned.next()) {
          tables.add(abandoned.getString(1));
        }
      }
      for (String table : tables) {
        statement.execute("DROP TABLE IF EXISTS " + table);
      }
    }
  }

  /** What each row of this execution has in the columns that a publication stamps. */
  ImmutableMap<String, Object> stamps() {
    return ImmutableMap.of(
        "_ingested_at",
        LocalDateTime.parse(ingestedAt).toInstant(ZoneOffset.UTC),
        "_run_id",
        runId);
  }

  private static List<TableFieldSchema> staged(Contract contract) {
    return StagedMonths.areOf(contract)
        ? contract.columns()
        : contract.columns().stream()
            .filter(column -> !Contract.STAMPED_COLUMNS.contains(column.getName()))
            .toList();
  }
}
