package org.stripeanalytics.warehouse.duckdb;

import static java.util.stream.Collectors.joining;
import static org.stripeanalytics.warehouse.duckdb.TableSql.literal;

import com.google.common.collect.ImmutableSet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * What a DuckDB file holds already, to tell a warehouse from somebody else's database.
 *
 * @param names {@code layer.table} of every table
 * @param reportingZone as it was fixed at the warehouse's creation; absent from an empty file
 */
record StoredTables(ImmutableSet<String> names, Optional<String> reportingZone) {
  private static final String REPORTING_ZONE = "reporting_zone";
  private static final ImmutableSet<String> LAYERS =
      Arrays.stream(Layer.values()).map(Layer::id).collect(ImmutableSet.toImmutableSet());

  /**
   * @throws WarehouseException when the file cannot be opened or holds tables that are not ours
   */
  static StoredTables in(DuckDbFile file) {
    try (Connection connection = file.connectAtFirst()) {
      StoredTables stored = in(connection);
      stored.refuseForeign(file);
      return stored;
    } catch (SQLException e) {
      throw new WarehouseException(file + " cannot be read as a warehouse", e);
    }
  }

  static StoredTables in(Connection connection) throws SQLException {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    try (Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
                    + " WHERE NOT internal AND NOT temporary")) {
      while (tables.next()) {
        names.add(tables.getString(1));
      }
    }
    return new StoredTables(names.build(), reportingZone(connection, names.build()));
  }

  static String insertReportingZone(String zone, Instant at) {
    Contract settings = Tables.WAREHOUSE_SETTINGS.contract();
    return "INSERT INTO "
        + TableSql.name(settings)
        + " (name, value, _ingested_at, _run_id) VALUES ("
        + literal(REPORTING_ZONE)
        + ", "
        + literal(zone)
        + ", make_timestamp("
        + EpochMicros.of(at)
        + "), 'create_tables')";
  }

  private static Optional<String> reportingZone(Connection connection, ImmutableSet<String> names)
      throws SQLException {
    if (!names.contains(Tables.WAREHOUSE_SETTINGS.name())) {
      return Optional.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet zone =
            statement.executeQuery(
                "SELECT value FROM "
                    + TableSql.name(Tables.WAREHOUSE_SETTINGS.contract())
                    + " WHERE name = "
                    + literal(REPORTING_ZONE))) {
      return zone.next() ? Optional.of(zone.getString(1)) : Optional.empty();
    }
  }

  /** A full run replaces the whole file, so nothing of somebody else's may be in it. */
  private void refuseForeign(DuckDbFile file) {
    String foreign =
        names.stream()
            .filter(
                name ->
                    reportingZone.isEmpty()
                        || !LAYERS.contains(name.substring(0, name.indexOf('.'))))
            .sorted()
            .limit(3)
            .collect(joining(", "));
    if (!foreign.isEmpty()) {
      throw new WarehouseException(
          file
              + " is a DuckDB file with other tables ("
              + foreign
              + "); give the path of a warehouse, or of a new file");
    }
  }
}
