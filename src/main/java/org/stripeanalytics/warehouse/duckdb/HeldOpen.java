package org.stripeanalytics.warehouse.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * The files that this process holds open. Further connections to one of them are duplicates of its
 * first, a fiftieth of the price of a connection that is opened by name. The first is closed after
 * all others, so only that closing can change the bytes of the file.
 */
final class HeldOpen {
  /** Guarded by {@link InTurn#OPENING_AND_CLOSING}, as is the number of users. */
  private static final Map<String, HeldOpen> BY_PATH = new HashMap<>();

  private final String path;
  private final Connection first;
  private int users;
  private boolean isComplete;

  private HeldOpen(String path, Connection first) {
    this.path = path;
    this.first = first;
  }

  /**
   * Holds a file open until the result is closed.
   *
   * @param opening opens the first connection, where nobody holds the file yet
   */
  static Warehouse.Hold hold(String path, Supplier<Connection> opening) {
    Optional<HeldOpen> held = used(path);
    if (held.isPresent()) {
      return held.get().asHold();
    }
    // It may have to wait for another process, so nobody else waits for it.
    Connection connection = opening.get();
    synchronized (InTurn.OPENING_AND_CLOSING) {
      return used(path)
          .map(
              others -> {
                close(connection);
                return others;
              })
          .orElseGet(() -> new HeldOpen(path, connection).begun())
          .asHold();
    }
  }

  /** Whether the file has been held ever since somebody called {@link #complete}. */
  static boolean isComplete(String path) {
    synchronized (InTurn.OPENING_AND_CLOSING) {
      return BY_PATH.containsKey(path) && BY_PATH.get(path).isComplete;
    }
  }

  /** Notes that the file has all tables in their present shape, if it is held. */
  static void complete(String path) {
    synchronized (InTurn.OPENING_AND_CLOSING) {
      Optional.ofNullable(BY_PATH.get(path)).ifPresent(held -> held.isComplete = true);
    }
  }

  /** Another connection to a file, if it is held. */
  static Optional<Connection> another(String path) {
    synchronized (InTurn.OPENING_AND_CLOSING) {
      return used(path).map(HeldOpen::another);
    }
  }

  private static Optional<HeldOpen> used(String path) {
    synchronized (InTurn.OPENING_AND_CLOSING) {
      Optional<HeldOpen> held = Optional.ofNullable(BY_PATH.get(path));
      held.ifPresent(h -> h.users++);
      return held;
    }
  }

  private HeldOpen begun() {
    users = 1;
    BY_PATH.put(path, this);
    return this;
  }

  private Warehouse.Hold asHold() {
    AtomicBoolean closed = new AtomicBoolean();
    return () -> {
      if (closed.compareAndSet(false, true)) {
        release();
      }
    };
  }

  private Connection another() {
    try {
      return InTurn.open(
          () -> first.unwrap(DuckDBConnection.class).duplicate(), () -> () -> {}, this::release);
    } catch (SQLException e) {
      release();
      throw new WarehouseException(String.valueOf(e.getMessage()), e);
    }
  }

  private void release() {
    synchronized (InTurn.OPENING_AND_CLOSING) {
      if (--users == 0) {
        BY_PATH.remove(path);
        close(first);
      }
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new WarehouseException(String.valueOf(e.getMessage()), e);
    }
  }
}
