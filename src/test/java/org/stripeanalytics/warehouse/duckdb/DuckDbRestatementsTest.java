package org.stripeanalytics.warehouse.duckdb;

import org.stripeanalytics.warehouse.RestatementsContractTest;

class DuckDbRestatementsTest extends RestatementsContractTest {
  DuckDbRestatementsTest() {
    super(new TestedDuckDb());
  }
}
