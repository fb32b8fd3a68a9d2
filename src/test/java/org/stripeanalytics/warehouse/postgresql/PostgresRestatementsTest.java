package org.stripeanalytics.warehouse.postgresql;

import org.stripeanalytics.warehouse.RestatementsContractTest;

class PostgresRestatementsTest extends RestatementsContractTest {
  PostgresRestatementsTest() {
    super(new TestedPostgres());
  }
}
