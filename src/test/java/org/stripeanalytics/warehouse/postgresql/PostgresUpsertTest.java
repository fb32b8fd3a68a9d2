package org.stripeanalytics.warehouse.postgresql;

import org.stripeanalytics.warehouse.UpsertContractTest;

class PostgresUpsertTest extends UpsertContractTest {
  PostgresUpsertTest() {
    super(new TestedPostgres());
  }
}
