package org.stripeanalytics.warehouse.duckdb;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Opens and closes connections one after another within the process: DuckDB refuses to open a file
 * while another thread is closing the last connection to it.
 */
final class InTurn {
  static final Object OPENING_AND_CLOSING = new Object();

  /** Opens a connection. */
  interface Opening {
    Connection open() throws SQLException;
  }

  private InTurn() {}

  /**
   * @param hold what to hold while the connection is opened, and again while it is closed
   * @param whenClosed is called once, after it was closed
   */
  static Connection open(Opening opening, Supplier<LockFile.Hold> hold, Runnable whenClosed)
      throws SQLException {
    Connection connection;
    synchronized (OPENING_AND_CLOSING) {
      try (LockFile.Hold unused = hold.get()) {
        connection = opening.open();
      }
    }
    AtomicBoolean closed = new AtomicBoolean();
    return (Connection)
        Proxy.newProxyInstance(
            InTurn.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                if (!method.getName().equals("close")) {
                  return method.invoke(connection, arguments);
                }
                if (closed.compareAndSet(false, true)) {
                  close(connection, hold, whenClosed);
                }
                return null;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void close(Connection connection, Supplier<LockFile.Hold> hold, Runnable then)
      throws SQLException {
    synchronized (OPENING_AND_CLOSING) {
      try (LockFile.Hold unused = hold.get()) {
        connection.close();
      } finally {
        // Also where somebody copies the file for longer than anybody waits: DuckDB would open it
        // in
        // no other way as long as this process lives.
        connection.close();
        then.run();
      }
    }
  }
}
