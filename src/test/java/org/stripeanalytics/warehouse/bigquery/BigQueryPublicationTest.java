package org.stripeanalytics.warehouse.bigquery;

import org.stripeanalytics.warehouse.PublicationContractTest;

class BigQueryPublicationTest extends PublicationContractTest {
  BigQueryPublicationTest() {
    super(new TestedBigQuery());
  }
}
