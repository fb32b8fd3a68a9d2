package org.stripeanalytics.warehouse.bigquery;

import org.stripeanalytics.warehouse.RestatementsContractTest;

class BigQueryRestatementsTest extends RestatementsContractTest {
  BigQueryRestatementsTest() {
    super(new TestedBigQuery());
  }
}
