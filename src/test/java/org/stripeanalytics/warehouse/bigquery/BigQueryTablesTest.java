package org.stripeanalytics.warehouse.bigquery;

import org.stripeanalytics.warehouse.TablesContractTest;

class BigQueryTablesTest extends TablesContractTest {
  BigQueryTablesTest() {
    super(new TestedBigQuery());
  }
}
