package org.stripeanalytics.warehouse.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A real PostgreSQL server, started by the first test of a process that needs one, and stopped with
 * the process. Its databases are made as copies of one that has the tables.
 */
public final class LocalPostgres {
  private static final String WITH_TABLES = "with_tables";

  /** Only of tables that have any: most have none, and TRUNCATE makes new files. */
  private static final String REMOVE_ROWS =
      """
      DO $$
      DECLARE
        t regclass;
        has_rows boolean;
      BEGIN
        FOR t IN
          SELECT oid FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
            AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
        LOOP
          EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', t) INTO has_rows;
          IF has_rows THEN
            EXECUTE format('TRUNCATE %s', t);
          END IF;
        END LOOP;
      END $$
      """;

  private final EmbeddedPostgres server;
  private final Deque<String> empty = new ArrayDeque<>();
  private int databases;

  private LocalPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  private static final class Holder {
    static final LocalPostgres STARTED = start();
  }

  public static LocalPostgres started() {
    return Holder.STARTED;
  }

  private static LocalPostgres start() {
    try {
      LocalPostgres local =
          new LocalPostgres(
              // Nothing has to outlive the process.
              EmbeddedPostgres.builder()
                  .setServerConfig("fsync", "off")
                  .setServerConfig("full_page_writes", "off")
                  .setServerConfig("synchronous_commit", "off")
                  .start());
      local.run("CREATE DATABASE " + WITH_TABLES);
      PostgresWarehouse.open(local.database(WITH_TABLES), "", ZoneId.of("UTC")).createTables();
      return local;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL", e);
    }
  }

  /** A database with tables and without rows: one that was given back, or another. */
  public synchronized String takeDatabase() {
    if (!empty.isEmpty()) {
      return empty.pop();
    }
    databases++;
    String name = "test_" + databases;
    run("CREATE DATABASE " + name + " TEMPLATE " + WITH_TABLES + " STRATEGY FILE_COPY");
    return name;
  }

  /**
   * Gives a database back.
   *
   * @param isAltered whether its tables are no longer those of the contracts, so that nobody else
   *     can have it
   */
  public synchronized void giveBack(String database, boolean isAltered) {
    if (isAltered) {
      run("DROP DATABASE " + database + " WITH (FORCE)");
      return;
    }
    try (Connection connection = database(database).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(REMOVE_ROWS);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot empty " + database, e);
    }
    empty.push(database);
  }

  public PostgresDatabase database(String name) {
    return new PostgresDatabase(
        "localhost", server.getPort(), name, "postgres", "disable", Optional::empty);
  }

  /** As {@code --warehouse} names a database. */
  public String location(String name) {
    return "postgresql://postgres@localhost:" + server.getPort() + "/" + name + "?sslmode=disable";
  }

  private void run(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
