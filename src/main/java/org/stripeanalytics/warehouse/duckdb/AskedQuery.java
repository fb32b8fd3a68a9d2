package org.stripeanalytics.warehouse.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * What a person asks: one statement that only reads. DuckDB's own parser says so, before anything
 * is prepared, because to prepare several statements executes all but the last.
 */
final class AskedQuery {
  private static final int PLAIN = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  private static final Pattern EXPLAIN =
      Pattern.compile("^\\s*EXPLAIN(\\s+ANALYZE)?(\\s*\\([^)]*\\))?\\s+", PLAIN);

  /**
   * What begins like this and has no semicolon is one query or none, and need not be parsed twice.
   * PIVOT is the exception: DuckDB may make several statements of it. UNPIVOT is caught with it.
   */
  private static final Pattern SELECT = Pattern.compile("^\\s*SELECT\\b(?!.*(;|PIVOT)).*", PLAIN);

  private static final String PARSE =
      """
      SELECT coalesce(parsed->>'error_type', ''),
             coalesce(json_array_length(parsed->'statements'), 0)
      FROM (SELECT json_serialize_sql(?::VARCHAR) AS parsed)
      """;

  /**
   * Refuses everything but one SELECT, in any of its forms, or EXPLAIN of one. What cannot be
   * parsed is let through: DuckDB refuses it with its reason.
   *
   * @throws WarehouseException saying what is allowed
   */
  static void check(Connection connection, String sql) throws SQLException {
    if (SELECT.matcher(sql).matches()) {
      return;
    }
    // The parser writes nothing but SELECT as JSON; EXPLAIN ANALYZE executes what it explains.
    String explained = EXPLAIN.matcher(sql).replaceFirst("");
    try (PreparedStatement parse = connection.prepareStatement(PARSE)) {
      parse.setString(1, explained);
      try (ResultSet parsed = parse.executeQuery()) {
        parsed.next();
        String error = parsed.getString(1);
        if (error.equals("not implemented")) {
          throw new WarehouseException(
              "only a query is answered here, and nothing that writes or changes a setting; give"
                  + " one SELECT, DESCRIBE, SHOW or EXPLAIN (PIVOT needs its columns, in IN)");
        }
        if (error.isEmpty() && parsed.getLong(2) != 1) {
          throw new WarehouseException(
              "one query is answered at a time, and %d were given; give one SELECT"
                  .formatted(parsed.getLong(2)));
        }
      }
    }
  }

  private AskedQuery() {}
}
