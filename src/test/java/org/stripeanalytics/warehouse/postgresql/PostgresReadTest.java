package org.stripeanalytics.warehouse.postgresql;

import org.stripeanalytics.warehouse.ReadContractTest;

class PostgresReadTest extends ReadContractTest {
  PostgresReadTest() {
    super(new TestedPostgres());
  }
}
