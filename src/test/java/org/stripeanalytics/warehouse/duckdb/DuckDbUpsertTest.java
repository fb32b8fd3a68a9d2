package org.stripeanalytics.warehouse.duckdb;

import org.stripeanalytics.warehouse.UpsertContractTest;

class DuckDbUpsertTest extends UpsertContractTest {
  DuckDbUpsertTest() {
    super(new TestedDuckDb());
  }
}
