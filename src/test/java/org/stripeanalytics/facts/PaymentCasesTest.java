package org.stripeanalytics.facts;

import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.customer;
import static org.stripeanalytics.fold.TestTimelines.inWords;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.Payments;
import org.stripeanalytics.fold.Snapshots;
import org.stripeanalytics.fold.TestTimelines;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.intermediate.ComputeCustomerMilestones;
import org.stripeanalytics.intermediate.ComputeInvoiceSettlements;
import org.stripeanalytics.intermediate.ComputeObjectOwners;

/**
 * Two invoices of one customer: a declined first attempt on leap day and a recovery, then two
 * partial refunds of it; and one that is paid at once and lost to a dispute. In Los Angeles, eight
 * hours behind: what happens before 8:00 UTC belongs to the day before.
 */
@ExtendWith(TestPipelineExtension.class)
class PaymentCasesTest {
  private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

  @Test
  void dunningThatRecoversTwoPartialRefundsAndALostDispute(TestPipeline pipeline) {
    PCollection<CustomerTimeline> timelines = TestTimelines.in(pipeline, List.of(timeline()));

    PAssert.that(
            timelines
                .apply("ComputeInvoiceSettlements", ComputeInvoiceSettlements.create())
                .apply(
                    "INVOICE_SETTLEMENTS in words",
                    inWords(
                        Tables.INVOICE_SETTLEMENTS,
                        "invoice_id status attempts attempts_failed first_attempt_status"
                            + " is_recovered paid_at")))
        .containsInAnyOrder(
            "in_1 paid 2 1 failed true 2024-03-03T10:00:00Z",
            "in_2 paid 1 - succeeded - 2024-04-01T07:00:00Z");
    PAssert.that(
            timelines
                .apply("ComputeInvoices", ComputeInvoices.in(LOS_ANGELES))
                .apply(
                    "FCT_INVOICES in words",
                    inWords(
                        Tables.FCT_INVOICES,
                        "invoice_id day status currency total_minor amount_paid_minor"
                            + " total_reporting_minor")))
        .containsInAnyOrder(
            "in_1 2024-02-29 paid usd 2000 2000 2000", "in_2 2024-03-31 paid usd 2000 2000 2000");
    PAssert.that(
            timelines
                .apply("ComputePayments", ComputePayments.in(LOS_ANGELES))
                .apply(
                    "FCT_PAYMENTS in words",
                    inWords(
                        Tables.FCT_PAYMENTS,
                        "charge_id day status failure_code attempt_number is_first_attempt"
                            + " invoice_id subscription_id amount_minor")))
        .containsInAnyOrder(
            "ch_1 2024-02-29 failed card_declined 1 true in_1 sub_1 2000",
            "ch_2 2024-03-03 succeeded - 2 - in_1 sub_1 2000",
            "ch_3 2024-03-31 succeeded - 1 true in_2 sub_1 2000");
    PAssert.that(
            timelines
                .apply("ComputeRefunds", ComputeRefunds.in(LOS_ANGELES))
                .apply(
                    "FCT_REFUNDS in words",
                    inWords(
                        Tables.FCT_REFUNDS,
                        "refund_id day charge_id charge_day invoice_id status amount_minor")))
        .containsInAnyOrder(
            "re_1 2024-03-31 ch_2 2024-03-03 in_1 succeeded 500",
            "re_2 2024-04-01 ch_2 2024-03-03 in_1 succeeded 500");
    PAssert.that(
            timelines
                .apply("ComputeDisputes", ComputeDisputes.in(LOS_ANGELES))
                .apply(
                    "FCT_DISPUTES in words",
                    inWords(
                        Tables.FCT_DISPUTES,
                        "dispute_id day charge_id charge_day status is_inquiry amount_minor")))
        .containsInAnyOrder("du_1 2024-04-30 ch_3 2024-03-31 lost - 2000");
    PAssert.that(
            timelines
                .apply("ComputeObjectOwners", ComputeObjectOwners.in(LOS_ANGELES))
                .apply(
                    "OBJECT_OWNERS in words",
                    inWords(
                        Tables.OBJECT_OWNERS,
                        "object_id customer_id charge_id invoice_id created_on")))
        .containsInAnyOrder(
            "in_1 cus_1 - in_1 2024-02-29",
            "in_2 cus_1 - in_2 2024-03-31",
            "ch_1 cus_1 ch_1 in_1 2024-02-29",
            "ch_2 cus_1 ch_2 in_1 2024-03-03",
            "ch_3 cus_1 ch_3 in_2 2024-03-31",
            "re_1 cus_1 ch_2 in_1 2024-03-31",
            "re_2 cus_1 ch_2 in_1 2024-04-01",
            "du_1 cus_1 ch_3 in_2 2024-04-30");
    PAssert.that(
            timelines
                .apply("ComputeCustomerMilestones", ComputeCustomerMilestones.create())
                .apply(
                    "CUSTOMER_MILESTONES in words",
                    inWords(
                        Tables.CUSTOMER_MILESTONES,
                        "customer_id signed_up_on first_mrr_on first_paid_at is_retained_30d"
                            + " is_retained_90d")))
        .containsInAnyOrder("cus_1 2024-02-29 2024-02-29 2024-03-03T10:00:00Z true false");
    pipeline.run().waitUntilFinish();
  }

  private static CustomerTimeline timeline() {
    Payments first = Payments.of("in_1");
    Payments second = Payments.of("in_2");
    List<Change> changes = new ArrayList<>();
    changes.add(customer("cus_1", "2024-03-01T07:00", "US"));
    changes.addAll(
        aSubscription()
            .active("2024-03-01T07:00")
            .canceled("2024-05-15T10:00", "payment_disputed")
            .changes());
    changes.addAll(
        List.of(
            first.open("2024-03-01T07:00"),
            first.link("2024-03-01T07:00"),
            first.charge("ch_1", "2024-03-01T07:00", "failed"),
            first.retrying("2024-03-01T07:00", 1),
            first.charge("ch_2", "2024-03-03T10:00", "succeeded"),
            first.paid("2024-03-03T10:00"),
            first.refund("re_1", "ch_2", "2024-04-01T06:00", "succeeded", "2024-04-01T06:00"),
            first.refund("re_2", "ch_2", "2024-04-01T08:00", "succeeded", "2024-04-01T08:00"),
            second.open("2024-04-01T06:00"),
            second.link("2024-04-01T06:00"),
            second.charge("ch_3", "2024-04-01T06:00", "succeeded"),
            second.paid("2024-04-01T07:00"),
            second.dispute(
                "du_1", "ch_3", "2024-05-01T06:00", "2024-05-01T06:00", "needs_response"),
            second.dispute("du_1", "ch_3", "2024-05-15T10:00", "2024-05-01T06:00", "lost")));
    return Timelines.of(
        Snapshots.CATALOG,
        MetricPolicies.defaults().toBuilder()
            .setFrame(ReportingFrame.defaults().withZone(LOS_ANGELES))
            .build(),
        changes);
  }
}
