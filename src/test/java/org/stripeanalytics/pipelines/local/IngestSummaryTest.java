package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.ingestion.DeliveredRows;

class IngestSummaryTest {

  @Test
  void itSaysWhatCameWhatWasRejectedAndWhatIsMissing() {
    IngestSummary summary =
        new IngestSummary(
            ImmutableList.of(
                new DeliveredRows("", 2, 0, ImmutableMap.of("broken_json", 2L), null, null),
                new DeliveredRows("file_link", 35, 35, ImmutableMap.of(), null, null),
                new DeliveredRows(
                    "raw.customers",
                    1_200,
                    0,
                    ImmutableMap.of(
                        "missing_id", 3L, "too_precise", 1L, "unknown_enum", 3L, "wrong_type", 7L),
                    LocalDate.of(2023, 1, 2),
                    LocalDate.of(2024, 2, 29))),
            ImmutableSet.of("raw.disputes", "raw.balance_transactions"),
            false,
            LocalDate.of(2024, 2, 29));

    assertThat(
        summary.render(),
        is(
            """

            Delivered         read  ignored  rejected  first day   last day
              no object          2                  2
              file_link         35       35
              raw.customers  1,200                 14  2023-01-02  2024-02-29

            Rejected
              no object      2 broken_json
              raw.customers  7 wrong_type, 3 missing_id, 3 unknown_enum, …

            Missing
              no disputes delivered: refunds_disputes_monthly counts no dispute
              no balance transactions delivered: revenue_daily is empty

            Next
              transform --to=2024-03-01 or later reads what was extracted on 2024-02-29
            """));
  }

  @Test
  void ofASandboxItSaysWhatTransformNeeds() {
    assertThat(
        new IngestSummary(ImmutableList.of(), ImmutableSet.of(), true, null).render(),
        is(
            """

Nothing was delivered.

Missing
  no object of live mode delivered: every mart is empty unless transform is given --livemode=false
"""));
  }

  @Test
  void whenNothingCameItSaysNoMore() {
    assertThat(
        new IngestSummary(ImmutableList.of(), ImmutableSet.of(), false, null).render(),
        is("\nNothing was delivered.\n"));
  }
}
