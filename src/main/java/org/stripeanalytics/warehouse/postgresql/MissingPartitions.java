package org.stripeanalytics.warehouse.postgresql;

import com.google.common.base.Throwables;
import com.google.common.collect.ListMultimap;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;

/**
 * Makes partitions, several tables at a time: the first load of five years needs about a thousand,
 * which keep a server as busy as the rows of 5,000 customers do.
 */
record MissingPartitions(PostgresDatabase database, ContractTables tables) {
  private static final int AT_ONCE = 4;

  /**
   * Makes those that tables lack of their months, a transaction for each table, which holds few
   * locks. No other run makes any meanwhile.
   *
   * @param connection holds the lock, in a transaction of its own
   */
  void make(Connection connection, ListMultimap<Contract, YearMonth> months) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      tables.lock(statement);
      // A run that was killed may have left servers at work on partitions for another moment.
      statement.execute(
          "SELECT pg_advisory_lock(%1$d), pg_advisory_unlock(%1$d)".formatted(atWork()));
      run(scripts(statement, months));
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    }
  }

  /** Makes them in a transaction that holds the lock. */
  void makeWithin(Statement statement, ListMultimap<Contract, YearMonth> months)
      throws SQLException {
    for (String script : scripts(statement, months)) {
      statement.execute(script);
    }
  }

  private List<String> scripts(Statement statement, ListMultimap<Contract, YearMonth> months)
      throws SQLException {
    SchemaNames names = tables.names();
    Map<Layer, Set<String>> existing = new EnumMap<>(Layer.class);
    List<String> scripts = new ArrayList<>();
    for (Contract contract : months.keySet()) {
      Layer layer = contract.layer();
      if (!existing.containsKey(layer)) {
        existing.put(layer, ContractTables.tablesIn(statement, names.schema(layer)));
      }
      StringBuilder script = new StringBuilder();
      for (YearMonth month : months.get(contract)) {
        if (!existing.get(layer).contains(SchemaNames.partition(contract, month))) {
          TableSql.createPartition(names, contract, month)
              .forEach(change -> script.append(change).append(";\n"));
        }
      }
      if (!script.isEmpty()) {
        scripts.add(script.toString());
      }
    }
    return scripts;
  }

  /** Returns when nobody is at work any more, even if one of them has failed. */
  private void run(List<String> scripts) throws SQLException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      scripts.forEach(script -> tasks.add(() -> SharedConnections.use(database, making(script))));
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } catch (ExecutionException e) {
      Throwables.throwIfInstanceOf(e.getCause(), SQLException.class);
      Throwables.throwIfUnchecked(e.getCause());
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while partitions are made", e);
    } finally {
      threads.shutdown();
    }
  }

  private SharedConnections.Use<Void> making(String script) {
    return connection -> {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_advisory_xact_lock_shared(" + atWork() + ")");
        statement.execute(script);
        connection.commit();
      }
      connection.setAutoCommit(true);
      return null;
    };
  }

  private long atWork() {
    return tables.names().lockKey() + 2;
  }
}
