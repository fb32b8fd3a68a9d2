package org.stripeanalytics.warehouse.postgresql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.warehouse.ExampleRows.aState;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.StagedRows;

class StagedMonthsTest {
  private static final DataInterval WINTER =
      DataInterval.of(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 3, 1));

  /** Rows with the partitions that they are in, and whether those were staged as they are. */
  private static final String STORED =
      """
      SELECT c.customer_id || ' of version ' || c.version || ' in ' || c.tableoid::regclass::text
        || CASE WHEN EXISTS (SELECT 1 FROM pg_attribute AS a
             WHERE a.attrelid = c.tableoid AND a.attisdropped) THEN ', attached' ELSE '' END
      FROM intermediate.customer_state AS c ORDER BY 1
      """;

  private String database;
  private PostgresWarehouse warehouse;

  @BeforeEach
  void start() {
    database = LocalPostgres.started().takeDatabase();
    warehouse =
        PostgresWarehouse.open(LocalPostgres.started().database(database), "", ZoneId.of("UTC"));
  }

  @AfterEach
  void stop() {
    LocalPostgres.started().giveBack(database, /* isAltered= */ true);
  }

  @Test
  void theRowsOfAFirstLoadAreAttachedWhereTheyWereStaged() throws IOException {
    StagingTables area = area("first");

    publish(area, staged(area, 1));

    assertThat(
        stored(),
        is(
            List.of(
                "cus_1 of version 1 in intermediate.customer_state_2024_01, attached",
                "cus_2 of version 1 in intermediate.customer_state_2024_02, attached")));
  }

  @Test
  void laterLoadsReplaceThemInPlace() throws IOException {
    StagingTables first = area("first");
    publish(first, staged(first, 1));
    StagingTables second = area("second");

    publish(second, staged(second, 2));

    assertThat(
        stored(),
        is(
            List.of(
                "cus_1 of version 2 in intermediate.customer_state_2024_01, attached",
                "cus_2 of version 2 in intermediate.customer_state_2024_02, attached")));
  }

  @Test
  void rowsOfABundleThatFailedAreLeftOut() throws IOException {
    StagingTables area = area("first");
    var unusedOfFirstTry = staged(area, 1);

    publish(area, staged(area, 2));

    assertThat(
        stored(),
        is(
            List.of(
                "cus_1 of version 2 in intermediate.customer_state_2024_01",
                "cus_2 of version 2 in intermediate.customer_state_2024_02")));
  }

  @Test
  void whereSomebodyReadsTheTableRowsAreCopied() throws IOException, SQLException {
    warehouse.createTables();
    StagingTables area = area("first");
    try (Connection reader = LocalPostgres.started().database(database).connect();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT count(*) FROM intermediate.customer_state");

      publish(area, staged(area, 1));
    }

    assertThat(
        stored(),
        is(
            List.of(
                "cus_1 of version 1 in intermediate.customer_state_2024_01",
                "cus_2 of version 1 in intermediate.customer_state_2024_02")));
  }

  private StagingTables area(String run) {
    return warehouse.area(run, WINTER, Instant.parse("2024-06-01T12:00:00Z"));
  }

  private static StagedRows staged(StagingTables area, long version) throws IOException {
    var batch = CopiedBatch.ofThisProcess(area, Tables.CUSTOMER_STATE);
    batch.write(aState("cus_2", "2024-02-01", version));
    batch.write(aState("cus_1", "2024-01-01", version));
    return batch.finish().orElseThrow();
  }

  private void publish(StagingTables area, StagedRows staged) throws IOException {
    var unused =
        new PublishStaged(area, warehouse.tables())
            .publish(List.of(Tables.CUSTOMER_STATE), List.of(staged), null);
  }

  private List<Object> stored() {
    return warehouse.query(STORED).rows().stream().map(row -> row.get(0)).toList();
  }
}
