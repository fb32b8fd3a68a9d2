package org.stripeanalytics.warehouse.bigquery;

import org.stripeanalytics.warehouse.ReadContractTest;

class BigQueryReadTest extends ReadContractTest {
  BigQueryReadTest() {
    super(new TestedBigQuery());
  }
}
