package org.stripeanalytics.warehouse.postgresql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.Statement;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.warehouse.RunClaim;
import org.stripeanalytics.warehouse.WarehouseInUseException;

class PostgresLeaseTest {
  private String database;

  @BeforeEach
  void takeDatabase() {
    database = LocalPostgres.started().takeDatabase();
  }

  @AfterEach
  void giveBack() {
    LocalPostgres.started().giveBack(database, false);
  }

  @Test
  void aSecondRunOfAPipelineIsRefusedUntilTheFirstHasEnded() {
    RunClaim first = warehouse("").claim("transform");

    WarehouseInUseException refused =
        assertThrows(WarehouseInUseException.class, () -> warehouse("").claim("transform"));

    assertThat(
        refused.getMessage(),
        startsWith("another transform is still at work on postgresql://localhost:"));
    first.close();
    warehouse("").claim("transform").close();
  }

  @Test
  void otherPipelinesAndOtherEnvironmentsGoOn() {
    try (RunClaim unused = warehouse("").claim("transform")) {
      assertDoesNotThrow(() -> warehouse("").claim("ingest").close());
      assertDoesNotThrow(() -> warehouse("dev").claim("transform").close());
    }
  }

  @Test
  void aProcessThatDiesLeavesNoClaim() throws Exception {
    RunClaim unused = warehouse("").claim("transform");
    try (Connection connection = LocalPostgres.started().database(database).connect();
        Statement statement = connection.createStatement()) {
      // What the server does when it no longer hears of a client.
      statement.execute(
          "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory'"
              + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    }

    warehouse("").claim("transform").close();
  }

  private PostgresWarehouse warehouse(String prefix) {
    return PostgresWarehouse.open(
        LocalPostgres.started().database(database), prefix, ZoneId.of("UTC"));
  }
}
