package org.stripeanalytics.intermediate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.customer;
import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.fold.TestTimelines.inWords;

import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.CustomerFold;
import org.stripeanalytics.fold.Payments;
import org.stripeanalytics.fold.Snapshots;
import org.stripeanalytics.fold.TestTimelines;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.state.CustomerStates;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.DataInterval;

/** What a run remembers for the next, and what it says of the ones before. */
@ExtendWith(TestPipelineExtension.class)
class RunBookkeepingTest {
  private static final DataInterval MARCH = DataInterval.of(day("2024-03-01"), day("2024-04-01"));

  @Test
  void aStateIsKeptForTheMonthsInWhichACustomerChanged(TestPipeline pipeline) {
    CustomerTimeline timeline =
        Timelines.of(
            aSubscription().active("2024-01-31").pastDue("2024-02-29").canceled("2024-05-01"));

    PAssert.that(
            TestTimelines.in(pipeline, List.of(timeline))
                .apply("ComputeCustomerState", ComputeCustomerState.create())
                .apply(
                    "CUSTOMER_STATE in words", inWords(Tables.CUSTOMER_STATE, "customer_id month")))
        .containsInAnyOrder("cus_1 2024-01-01", "cus_1 2024-02-01", "cus_1 2024-05-01");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void onlyMonthsThatWereFoldedToTheirEndAreFolded() {
    assertThat(
        inWords(
            Tables.FOLDED_MONTHS,
            "month",
            ComputeFoldedMonths.rows(DataInterval.of(day("2024-01-01"), day("2024-03-15")))),
        contains("2024-01-01", "2024-02-01"));
  }

  @Test
  void whatTakesEffectBeforeTheIntervalIsCountedAndNamedWithTheMonthToRunAgainFrom(
      TestPipeline pipeline) {
    PAssert.that(
            march(
                    pipeline,
                    Payments.of("in_1")
                        .refund(
                            "re_february", "ch_1", "2024-03-10", "succeeded", "2024-02-29T23:59"),
                    Payments.of("in_1")
                        .refund("re_january", "ch_1", "2024-03-10", "succeeded", "2024-01-31"),
                    Payments.of("in_1")
                        .refund("re_march", "ch_1", "2024-03-10", "succeeded", "2024-03-01"))
                .apply(ReportLateChanges.of(MARCH)))
        .containsInAnyOrder(
            "2 changes of [2024-03-01, 2024-04-01) take effect before it, the earliest on"
                + " 2024-01-31 (raw.refunds re_january); rerun --from=2024-01-01");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void nothingIsSaidOfAnIntervalWhoseChangesAreItsOwn(TestPipeline pipeline) {
    PAssert.that(
            march(pipeline, customer("cus_1", "2024-03-01", "US"))
                .apply(ReportLateChanges.of(MARCH)))
        .empty();
    pipeline.run().waitUntilFinish();
  }

  private static PCollection<CustomerTimeline> march(TestPipeline pipeline, Change... changes) {
    return TestTimelines.in(
        pipeline,
        List.of(
            new CustomerFold(Snapshots.CATALOG, MetricPolicies.defaults())
                .fold("cus_1", CustomerStates.EMPTY, List.of(changes), MARCH)
                .timeline()));
  }
}
