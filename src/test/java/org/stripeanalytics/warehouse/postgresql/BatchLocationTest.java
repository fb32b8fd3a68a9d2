package org.stripeanalytics.warehouse.postgresql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.YearMonth;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchLocationTest {

  @Test
  void itsTextNamesTheBatchAndItsMonthsInTheirOrder() {
    BatchLocation location =
        BatchLocation.of(-7, Set.of(YearMonth.of(2024, 12), YearMonth.of(2024, 2)));

    assertThat(location.toString(), is("-7 2024-02 2024-12"));
    assertThat(BatchLocation.parse("-7 2024-02 2024-12"), is(location));
  }

  @Test
  void aTableWithoutPartitionsHasNoMonths() {
    assertThat(BatchLocation.parse("42"), is(BatchLocation.of(42, Set.of())));
  }
}
