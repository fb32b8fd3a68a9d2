package org.stripeanalytics.warehouse.postgresql;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * How a database is reached, in a form that travels to workers. The password is asked for where a
 * connection is made, and is never part of it.
 *
 * @param user whose rights count
 * @param sslMode as libpq names it: disable, prefer, require, verify-ca or verify-full
 */
public record PostgresDatabase(
    String host, int port, String database, String user, String sslMode, PasswordSource password)
    implements Serializable {
  public static final int DEFAULT_PORT = 5432;

  /** Looks a password up, if there is one. */
  @FunctionalInterface
  public interface PasswordSource extends Serializable {
    Optional<String> get();
  }

  /**
   * Makes a connection that commits each statement.
   *
   * @throws WarehouseException when the server cannot be reached, or lets this user not in
   */
  Connection connect() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("sslmode", sslMode);
    properties.setProperty("ApplicationName", "stripe-analytics-pipeline");
    // From the first execution on, dates, times and numbers come in binary.
    properties.setProperty("prepareThreshold", "-1");
    password.get().ifPresent(secret -> properties.setProperty("password", secret));
    try {
      // Not by DriverManager: on a worker that has run another job it knows only that one's driver.
      return new Driver()
          .connect("jdbc:postgresql://" + host + ":" + port + "/" + database, properties);
    } catch (SQLException e) {
      throw new WarehouseException(
          this + " cannot be reached: " + SqlMessages.of(e) + "; is the server up?", e);
    }
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return "postgresql://" + host + ":" + port + "/" + database;
  }
}
