package org.stripeanalytics.warehouse.duckdb;

import org.stripeanalytics.warehouse.ReadContractTest;

class DuckDbReadTest extends ReadContractTest {
  DuckDbReadTest() {
    super(new TestedDuckDb());
  }
}
