package org.stripeanalytics.warehouse.postgresql;

import static org.stripeanalytics.warehouse.postgresql.SchemaNames.literal;
import static org.stripeanalytics.warehouse.postgresql.SchemaNames.quoted;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;

/**
 * A table of whole documents that has no row yet, staged so that its rows are written only once: a
 * staging table that is logged, with a partition for each month, which the publication takes out of
 * it and attaches to the table. To copy the documents a second time would take longer than all the
 * rest of a first load.
 *
 * <p>PostgreSQL shows attached rows to whoever has opened a snapshot before, so the publication
 * locks out readers of the table while it attaches, which takes a fraction of a second. If there
 * are readers already, rows are copied as those of other tables are. What no lock keeps out is a
 * transaction at REPEATABLE READ that has begun before, and has not touched the table until then.
 */
record StagedMonths(StagingTables area, Contract contract) {
  /** Says that a partition has rows of its month only, so that nobody has to look at them. */
  private static final String CHECK = "of_one_month";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Whether rows of a table may be staged like this. */
  static boolean areOf(Contract contract) {
    return contract.partitionColumn().isPresent()
        && (contract.ownership() == Ownership.OBSERVED || contract.ownership() == Ownership.EVENT)
        && contract.columns().stream()
            .anyMatch(
                column -> contract.holdsDocuments(column) && "REQUIRED".equals(column.getMode()));
  }

  /** Whether they are to be: only what nothing has to be deleted of or compared with. */
  boolean areWanted(Statement statement) throws SQLException {
    return areOf(contract)
        && area.interval() != null
        && (!ContractTables.tablesIn(statement, area.names().schema(contract.layer()))
                .contains(contract.table())
            || isEmpty(statement));
  }

  private boolean isEmpty(Statement statement) throws SQLException {
    try (ResultSet any =
        statement.executeQuery(
            "SELECT NOT EXISTS (SELECT 1 FROM " + area.names().table(contract) + ")")) {
      any.next();
      return any.getBoolean(1);
    }
  }

  /** Whether they are. */
  boolean exist(Statement statement) throws SQLException {
    if (!areOf(contract)) {
      return false;
    }
    try (ResultSet kind =
        statement.executeQuery(
            "SELECT t.relkind = 'p' FROM pg_class AS t JOIN pg_namespace AS s"
                + " ON s.oid = t.relnamespace WHERE s.nspname = "
                + literal(area.names().loads())
                + " AND t.relname = "
                + literal(area.table(contract)))) {
      return kind.next() && kind.getBoolean(1);
    }
  }

  /** Makes the table of how many rows batches have; to count them would be to read them all. */
  void createCounts(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE %s (%s bigint NOT NULL, rows bigint NOT NULL)"
            .formatted(counts(), StagingTables.BATCH));
  }

  /** Counts rows of a batch, in the transaction that brings them. */
  void note(Statement statement, long batch, long rows) throws SQLException {
    statement.execute("INSERT INTO %s VALUES (%d, %d)".formatted(counts(), batch, rows));
  }

  /** The table of how many rows batches have, quoted. */
  String counts() {
    return quoted(area.names().loads()) + "." + quoted(area.table(contract) + "_batches");
  }

  void createTable(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE "
            + area.name(contract)
            + " ("
            + TableSql.list(contract.columns(), TableSql::declaration)
            + ", "
            + StagingTables.BATCH
            + " bigint NOT NULL) PARTITION BY RANGE ("
            + day()
            + ")");
  }

  /** Makes what is missing of them. */
  void createMonths(Statement statement, Set<YearMonth> months, Set<String> existing)
      throws SQLException {
    for (YearMonth month : months) {
      if (!existing.contains(table(month))) {
        statement.execute(
            ("CREATE TABLE %s PARTITION OF %s (CONSTRAINT %s CHECK (%s >= '%s' AND %s < '%s')) %s"
                    + " WITH (autovacuum_enabled = off)")
                .formatted(
                    name(month),
                    area.name(contract),
                    CHECK,
                    day(),
                    month.atDay(1),
                    day(),
                    month.plusMonths(1).atDay(1),
                    TableSql.rangeOf(month)));
      }
    }
  }

  /**
   * Makes them partitions of the table, if it still has no row and nobody reads it.
   *
   * @param months of which there are rows
   * @param ofBatches a condition: the row is of a batch that was finished
   * @param staged how many rows those batches have
   * @return whether it has; if not, nothing has changed
   */
  boolean attach(Connection connection, List<YearMonth> months, String ofBatches, long staged)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!haveNoOthers(statement, ofBatches, staged)) {
        return false;
      }
      Savepoint unlocked = connection.setSavepoint();
      if (!lock(statement) || !isEmpty(statement)) {
        connection.rollback(unlocked);
        return false;
      }
      statement.execute(
          "ALTER TABLE " + area.name(contract) + " DROP COLUMN " + StagingTables.BATCH);
      StringBuilder script = new StringBuilder();
      months.forEach(month -> script.append(attaching(month)));
      statement.execute(script.toString());
      return true;
    }
  }

  /** A bundle that failed may have left rows, and its second try the same again. */
  private boolean haveNoOthers(Statement statement, String ofBatches, long staged)
      throws SQLException {
    try (ResultSet count =
        statement.executeQuery(
            "SELECT coalesce(sum(rows), 0), coalesce(sum(rows) FILTER (WHERE "
                + ofBatches
                + "), 0) FROM "
                + counts())) {
      count.next();
      return count.getLong(1) == staged && count.getLong(2) == staged;
    }
  }

  private boolean lock(Statement statement) throws SQLException {
    try {
      statement.execute(
          "LOCK TABLE " + area.names().table(contract) + " IN ACCESS EXCLUSIVE MODE NOWAIT");
      return true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private String attaching(YearMonth month) {
    SchemaNames names = area.names();
    String table = names.table(contract);
    String partition = SchemaNames.partition(contract, month);
    return """
        ALTER TABLE %1$s DETACH PARTITION %2$s;
        ALTER TABLE %2$s SET SCHEMA %3$s;
        DROP TABLE IF EXISTS %5$s;
        ALTER TABLE %4$s RENAME TO %6$s;
        ALTER TABLE %7$s ATTACH PARTITION %5$s %8$s;
        ALTER TABLE %5$s DROP CONSTRAINT %9$s, RESET (autovacuum_enabled);
        """
        .formatted(
            area.name(contract),
            name(month),
            quoted(names.schema(contract.layer())),
            names.in(contract.layer(), table(month)),
            names.in(contract.layer(), partition),
            quoted(partition),
            table,
            TableSql.rangeOf(month),
            CHECK);
  }

  private String name(YearMonth month) {
    return quoted(area.names().loads()) + "." + quoted(table(month));
  }

  private String table(YearMonth month) {
    return SchemaNames.partition(area.table(contract), month);
  }

  private String day() {
    return quoted(contract.partitionColumn().orElseThrow());
  }
}
