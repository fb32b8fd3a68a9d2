package org.stripeanalytics.warehouse.postgresql;

import org.stripeanalytics.warehouse.TablesContractTest;

class PostgresTablesTest extends TablesContractTest {
  PostgresTablesTest() {
    super(new TestedPostgres());
  }
}
