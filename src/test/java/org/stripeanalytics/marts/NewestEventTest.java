package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

class NewestEventTest {
  private static final DataInterval FEBRUARY =
      DataInterval.of(LocalDate.of(2024, 2, 1), LocalDate.of(2024, 3, 1));

  private DuckDbWarehouse warehouse;

  @BeforeEach
  void createWarehouse(@TempDir Path folder) {
    warehouse =
        EmptyWarehouses.at(
            folder.resolve("w.duckdb"),
            ZoneOffset.UTC,
            Clock.fixed(Instant.parse("2024-03-02T02:00:00Z"), ZoneOffset.UTC));
  }

  @Test
  void theNewestEventOfTheFiguresIsFoundAndLaterOnesAreCounted() throws SQLException {
    event("2024-01-31T10:00:00", true);
    event("2024-02-29T23:59:59", true);
    event("2024-03-01T00:00:00", true);
    event("2024-03-02T01:00:00", true);

    assertFound(true, Instant.parse("2024-02-29T23:59:59Z"), 2);
  }

  @Test
  void eventsOfTheOtherModeAreInNoFigure() throws SQLException {
    event("2024-02-10T10:00:00", false);
    event("2024-02-20T10:00:00", true);
    event("2024-03-01T10:00:00", true);

    assertFound(false, Instant.parse("2024-02-10T10:00:00Z"), 0);
  }

  @Test
  void whereTheIntervalHasNoEventTheNewestBeforeItCounts() throws SQLException {
    event("2024-01-30T10:00:00", true);
    event("2023-12-30T10:00:00", true);

    assertFound(true, Instant.parse("2024-01-30T10:00:00Z"), 0);
  }

  @Test
  void anAccountWithoutEventsHasNone() {
    assertFound(true, null, 0);
  }

  private void assertFound(boolean livemode, @Nullable Instant newest, long behind) {
    assertThat(
        new NewestEvent(warehouse, FEBRUARY, livemode).find(), is(StoredEvents.of(newest, behind)));
  }

  private void event(String created, boolean livemode) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse.path());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO raw.events
            (id, created, type, object_type, data_object, livemode, _snapshot_date, _changed_at,
             _source, _ingested_at, _run_id)
          VALUES ('evt_%1$s', TIMESTAMP '%1$s', 'invoice.paid', 'invoice', '{}', %2$s,
            DATE '%3$s', TIMESTAMP '%1$s', 'synthetic', TIMESTAMP '%1$s', 'r')
          """
              .formatted(created, livemode, created.substring(0, 10)));
    }
  }
}
