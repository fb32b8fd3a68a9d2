package org.stripeanalytics.warehouse.postgresql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.quality.ContractTests;
import org.stripeanalytics.quality.DataTest;
import org.stripeanalytics.warehouse.Warehouse;

/** PostgreSQL answers every data test of every contract. */
class DataTestsOnPostgresTest {
  private static final LocalDate AS_OF = LocalDate.of(2024, 6, 1);

  @Test
  void everyDataTestOfEveryTableCanBeAsked() {
    String database = LocalPostgres.started().takeDatabase();
    Warehouse warehouse =
        PostgresWarehouse.open(LocalPostgres.started().database(database), "", ZoneId.of("UTC"));

    for (WarehouseTable<?> table : Tables.all()) {
      var scan = ContractTests.scan(table.contract(), AS_OF, OptionalLong.of(1000));
      assertThat(warehouse.query(scan.sql()).rows().size(), is(1));
      scan.tests().forEach(test -> showFailing(warehouse, test));
      ContractTests.identities(table.contract()).forEach(test -> showFailing(warehouse, test));
    }
    LocalPostgres.started().giveBack(database, false);
  }

  private static void showFailing(Warehouse warehouse, DataTest test) {
    var unused =
        warehouse.query("SELECT * FROM (" + test.failing() + ") AS failing LIMIT 5").rows();
  }
}
