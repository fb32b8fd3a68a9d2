package org.stripeanalytics.warehouse.bigquery;

import org.stripeanalytics.warehouse.MergeContractTest;

class BigQueryMergeTest extends MergeContractTest {
  BigQueryMergeTest() {
    super(new TestedBigQuery());
  }
}
