package org.stripeanalytics.warehouse.postgresql;

import org.stripeanalytics.warehouse.StagingContractTest;

class PostgresStagingTest extends StagingContractTest {
  PostgresStagingTest() {
    super(new TestedPostgres());
  }
}
