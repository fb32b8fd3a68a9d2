package org.stripeanalytics.warehouse.duckdb;

import org.stripeanalytics.warehouse.PublicationContractTest;

class DuckDbPublicationTest extends PublicationContractTest {
  DuckDbPublicationTest() {
    super(new TestedDuckDb());
  }
}
