package org.stripeanalytics.warehouse.postgresql;

import org.stripeanalytics.warehouse.MergeContractTest;

class PostgresMergeTest extends MergeContractTest {
  PostgresMergeTest() {
    super(new TestedPostgres());
  }
}
