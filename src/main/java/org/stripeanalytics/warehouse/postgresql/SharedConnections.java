package org.stripeanalytics.warehouse.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * The connections over which this process stages rows and asks questions. A graph has a step per
 * table, each on every thread: with a connection of its own for each, one run would use up what a
 * server admits.
 */
final class SharedConnections {
  private static final int AT_ONCE = 4;
  private static final int SECONDS_TO_ANSWER = 5;
  private static final Map<String, SharedConnections> BY_DATABASE = new ConcurrentHashMap<>();

  private final Semaphore free = new Semaphore(AT_ONCE);
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  private SharedConnections() {}

  /** What is done with a connection. It is back in the state it was in when that ends. */
  interface Use<R> {
    R with(Connection connection) throws SQLException;
  }

  /**
   * Uses a connection that commits each statement, waiting until one is free.
   *
   * @throws SQLException that of {@code use}; the connection is then closed
   */
  static <R> R use(PostgresDatabase database, Use<R> use) throws SQLException {
    return BY_DATABASE
        .computeIfAbsent(database.user() + "@" + database, key -> new SharedConnections())
        .lend(database, use);
  }

  private <R> R lend(PostgresDatabase database, Use<R> use) throws SQLException {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WarehouseException("interrupted while waiting for a connection", e);
    }
    try {
      Connection connection = idleOrNew(database);
      boolean sound = false;
      try {
        R result = use.with(connection);
        sound = true;
        return result;
      } finally {
        if (sound) {
          idle.push(connection);
        } else {
          connection.close();
        }
      }
    } finally {
      free.release();
    }
  }

  private Connection idleOrNew(PostgresDatabase database) throws SQLException {
    Connection connection = idle.poll();
    while (connection != null && !connection.isValid(SECONDS_TO_ANSWER)) {
      connection.close();
      connection = idle.poll();
    }
    return connection == null ? database.connect() : connection;
  }
}
