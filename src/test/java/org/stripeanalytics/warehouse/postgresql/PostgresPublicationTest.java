package org.stripeanalytics.warehouse.postgresql;

import org.stripeanalytics.warehouse.PublicationContractTest;

class PostgresPublicationTest extends PublicationContractTest {
  PostgresPublicationTest() {
    super(new TestedPostgres());
  }
}
