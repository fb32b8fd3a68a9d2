package org.stripeanalytics.warehouse.postgresql;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL says of a statement, in one line. */
final class SqlMessages {
  private SqlMessages() {}

  static String of(SQLException e) {
    ServerErrorMessage server =
        e instanceof PSQLException failure ? failure.getServerErrorMessage() : null;
    if (server == null || server.getMessage() == null) {
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
    return server.getMessage() + (server.getHint() == null ? "" : " (" + server.getHint() + ")");
  }
}
