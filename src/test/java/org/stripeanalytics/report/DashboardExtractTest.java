package org.stripeanalytics.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stripeanalytics.contract.Tables;

class DashboardExtractTest {

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"REVENUE_MONTHLY", "DELIVERIES", "IDENTITY_COVERAGE", "PREDICTED_LEAVING", "WAYS"})
  void theDashboardAsksForColumnsThatTheContractHas(DashboardExtract extract) {
    List<String> columns =
        Tables.named(extract.table()).contract().columns().stream()
            .map(TableFieldSchema::getName)
            .toList();
    assertThat(extract.columns(), everyItem(is(in(columns))));
  }
}
