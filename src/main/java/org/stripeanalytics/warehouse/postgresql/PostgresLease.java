package org.stripeanalytics.warehouse.postgresql;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.stripeanalytics.warehouse.RunClaim;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.WarehouseInUseException;

/**
 * The right to run one pipeline on the schemas of one prefix: an advisory lock of a session of its
 * own, so the server itself takes it back when the process or its machine dies. Different pipelines
 * do not exclude each other, because each publishes in one transaction.
 */
final class PostgresLease implements RunClaim {
  private final Connection session;

  private PostgresLease(Connection session) {
    this.session = session;
  }

  /**
   * Does not wait.
   *
   * @throws WarehouseInUseException when another process runs the pipeline
   */
  static PostgresLease take(PostgresDatabase database, SchemaNames names, String pipeline) {
    Connection session = database.connect();
    try (Statement statement = session.createStatement();
        ResultSet taken =
            statement.executeQuery("SELECT pg_try_advisory_lock(" + key(names, pipeline) + ")")) {
      taken.next();
      if (taken.getBoolean(1)) {
        return new PostgresLease(session);
      }
    } catch (SQLException e) {
      close(session);
      throw new WarehouseException("cannot lock " + database + ": " + SqlMessages.of(e), e);
    }
    close(session);
    throw new WarehouseInUseException(
        "another %s is still at work on %s, so this one is skipped; wait for it to end"
            .formatted(pipeline, database));
  }

  private static long key(SchemaNames names, String pipeline) {
    return Hashing.sha256()
        .hashString(
            "stripe-analytics-pipeline/" + names.prefix() + "/run/" + pipeline,
            StandardCharsets.UTF_8)
        .asLong();
  }

  @Override
  public void close() {
    close(session);
  }

  private static void close(Connection session) {
    try {
      session.close();
    } catch (SQLException e) {
      throw new WarehouseException(SqlMessages.of(e), e);
    }
  }
}
