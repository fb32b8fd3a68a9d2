package org.stripeanalytics.warehouse.duckdb;

import org.stripeanalytics.warehouse.MergeContractTest;

class DuckDbMergeTest extends MergeContractTest {
  DuckDbMergeTest() {
    super(new TestedDuckDb());
  }
}
