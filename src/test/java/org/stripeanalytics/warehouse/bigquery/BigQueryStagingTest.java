package org.stripeanalytics.warehouse.bigquery;

import org.stripeanalytics.warehouse.StagingContractTest;

class BigQueryStagingTest extends StagingContractTest {
  BigQueryStagingTest() {
    super(new TestedBigQuery());
  }
}
