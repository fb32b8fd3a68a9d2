package org.stripeanalytics.warehouse.postgresql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.warehouse.StagingContractTest;
import org.stripeanalytics.warehouse.WarehouseException;

class PostgresStagingTest extends StagingContractTest {
  private static final String OTHERS_VIEW =
      "CREATE VIEW public.open_invoices AS SELECT id FROM staging.stg_invoices";

  PostgresStagingTest() {
    super(new TestedPostgres());
  }

  @Test
  void aViewThatIsCurrentStaysAndWithItWhatReadsIt() throws SQLException {
    String database = LocalPostgres.started().takeDatabase();
    run(database, OTHERS_VIEW);

    open(database).createTables();

    assertThat(open(database).query("SELECT COUNT(*) FROM public.open_invoices").value(), is(0L));
    LocalPostgres.started().giveBack(database, /* isAltered= */ true);
  }

  @Test
  void aViewOfAnotherDefinitionIsNotReplacedUnderViewsThatReadIt() throws SQLException {
    String database = LocalPostgres.started().takeDatabase();
    run(database, OTHERS_VIEW);
    run(database, "COMMENT ON VIEW staging.stg_invoices IS 'of an earlier version'");

    WarehouseException refused =
        assertThrows(WarehouseException.class, () -> open(database).createTables());

    assertThat(
        refused.getMessage(),
        allOf(containsString("others read it"), containsString("view staging.stg_invoices")));
    run(database, "DROP VIEW public.open_invoices");
    open(database).createTables();
    LocalPostgres.started().giveBack(database, /* isAltered= */ true);
  }

  @Test
  void whereAnEarlierVersionKeptATableThereIsAViewFromNowOn() throws SQLException {
    String database = LocalPostgres.started().takeDatabase();
    run(database, "DROP VIEW staging.stg_charges");
    run(database, "CREATE TABLE staging.stg_charges (id text)");

    open(database).createTables();

    assertThat(
        open(database).query("SELECT COUNT(status) FROM staging.stg_charges").value(), is(0L));
    LocalPostgres.started().giveBack(database, /* isAltered= */ true);
  }

  private static PostgresWarehouse open(String database) {
    return PostgresWarehouse.open(LocalPostgres.started().database(database), "", ZoneId.of("UTC"));
  }

  private static void run(String database, String sql) throws SQLException {
    try (Connection connection = LocalPostgres.started().database(database).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
