package org.stripeanalytics.warehouse.duckdb;

import org.stripeanalytics.warehouse.TablesContractTest;

class DuckDbTablesTest extends TablesContractTest {
  DuckDbTablesTest() {
    super(new TestedDuckDb());
  }
}
