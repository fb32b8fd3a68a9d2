package org.stripeanalytics.facts;

import static org.stripeanalytics.fold.Snapshots.aCustomer;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.item;
import static org.stripeanalytics.fold.Snapshots.professional;
import static org.stripeanalytics.fold.Snapshots.starter;
import static org.stripeanalytics.fold.TestTimelines.inWords;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.Snapshots.SubscriptionBuilder;
import org.stripeanalytics.fold.TestTimelines;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.intermediate.ComputeSubscriptionSpells;

/**
 * The lives that subscriptions lead, one customer each, and what spells, movements and months make
 * of them. $20 a month is an ARR of 24000 cents, $50 a month one of 60000.
 */
@ExtendWith(TestPipelineExtension.class)
class CasesTest {

  @Test
  void everyCaseGivesItsSpellsMovementsAndMonths(TestPipeline pipeline) {
    PCollection<CustomerTimeline> timelines = TestTimelines.in(pipeline, cases());

    PAssert.that(
            timelines
                .apply("ComputeSubscriptionSpells", ComputeSubscriptionSpells.create())
                .apply(
                    "SUBSCRIPTION_SPELLS in words",
                    inWords(
                        Tables.SUBSCRIPTION_SPELLS,
                        "subscription_id status valid_from valid_to is_counted arr_minor")))
        .containsInAnyOrder(
            "sub_converts trialing 2024-01-01T00:00:00Z 2024-01-15T00:00:00Z - -",
            "sub_converts active 2024-01-15T00:00:00Z - true 24000",
            "sub_expires trialing 2024-01-01T00:00:00Z 2024-01-15T00:00:00Z - -",
            "sub_expires canceled 2024-01-15T00:00:00Z - - -",
            "sub_upgrade active 2024-01-10T00:00:00Z 2024-02-20T00:00:00Z true 24000",
            "sub_upgrade active 2024-02-20T00:00:00Z - true 60000",
            "sub_downgrade active 2024-01-10T00:00:00Z 2024-02-10T00:00:00Z true 60000",
            "sub_downgrade active 2024-02-10T00:00:00Z - true 24000",
            "sub_annual active 2024-02-29T00:00:00Z - true 21600",
            "sub_pause active 2024-01-10T00:00:00Z 2024-02-10T00:00:00Z true 24000",
            "sub_pause active 2024-02-10T00:00:00Z 2024-03-10T00:00:00Z - -",
            "sub_pause active 2024-03-10T00:00:00Z - true 24000",
            "sub_recovers active 2024-01-10T00:00:00Z 2024-02-10T00:00:00Z true 24000",
            "sub_recovers past_due 2024-02-10T00:00:00Z 2024-02-13T00:00:00Z true 24000",
            "sub_recovers active 2024-02-13T00:00:00Z - true 24000",
            "sub_fails active 2024-01-10T00:00:00Z 2024-02-10T00:00:00Z true 24000",
            "sub_fails past_due 2024-02-10T00:00:00Z 2024-03-01T00:00:00Z true 24000",
            "sub_fails canceled 2024-03-01T00:00:00Z - - -",
            "sub_disputed active 2024-01-10T00:00:00Z 2024-03-01T00:00:00Z true 24000",
            "sub_disputed canceled 2024-03-01T00:00:00Z - - -",
            "sub_deleted active 2024-01-10T00:00:00Z 2024-03-01T00:00:00Z true 24000",
            "sub_deleted canceled 2024-03-01T00:00:00Z - - -",
            "sub_first_of_two active 2024-01-10T00:00:00Z 2024-03-10T00:00:00Z true 24000",
            "sub_first_of_two canceled 2024-03-10T00:00:00Z - - -",
            "sub_second_of_two active 2024-02-10T00:00:00Z - true 60000",
            "sub_before_gap active 2024-01-10T00:00:00Z 2024-02-10T00:00:00Z true 24000",
            "sub_before_gap canceled 2024-02-10T00:00:00Z - - -",
            "sub_after_gap active 2024-05-10T00:00:00Z - true 24000",
            "sub_within_month active 2024-02-05T00:00:00Z 2024-02-20T00:00:00Z true 24000",
            "sub_within_month canceled 2024-02-20T00:00:00Z - - -",
            "sub_month_end active 2024-01-31T00:00:00Z 2024-02-29T00:00:00Z true 24000",
            "sub_month_end canceled 2024-02-29T00:00:00Z - - -",
            "sub_yen active 2024-02-29T00:00:00Z - true 25200");

    PAssert.that(
            timelines
                .apply("ComputeMrrMovements", ComputeMrrMovements.of(ReportingFrame.defaults()))
                .apply(
                    "FCT_MRR_MOVEMENTS in words",
                    inWords(
                        Tables.FCT_MRR_MOVEMENTS,
                        "customer_id day movement_type arr_minor_after churn_kind")))
        .containsInAnyOrder(
            "cus_converts 2024-01-15 new 24000 -",
            "cus_upgrade 2024-01-10 new 24000 -",
            "cus_upgrade 2024-02-20 expansion 60000 -",
            "cus_downgrade 2024-01-10 new 60000 -",
            "cus_downgrade 2024-02-10 contraction 24000 -",
            "cus_annual 2024-02-29 new 21600 -",
            "cus_pause 2024-01-10 new 24000 -",
            "cus_pause 2024-02-10 churn - pause",
            "cus_pause 2024-03-10 reactivation 24000 -",
            "cus_recovers 2024-01-10 new 24000 -",
            "cus_fails 2024-01-10 new 24000 -",
            "cus_fails 2024-03-01 churn - involuntary",
            "cus_disputed 2024-01-10 new 24000 -",
            "cus_disputed 2024-03-01 churn - dispute",
            "cus_deleted 2024-01-10 new 24000 -",
            "cus_deleted 2024-03-01 churn - voluntary",
            "cus_two 2024-01-10 new 24000 -",
            "cus_two 2024-02-10 expansion 84000 -",
            "cus_two 2024-03-10 contraction 60000 -",
            "cus_gap 2024-01-10 new 24000 -",
            "cus_gap 2024-02-10 churn - voluntary",
            "cus_gap 2024-05-10 reactivation 24000 -",
            "cus_within_month 2024-02-05 new 24000 -",
            "cus_within_month 2024-02-20 churn - voluntary",
            "cus_month_end 2024-01-31 new 24000 -",
            "cus_month_end 2024-02-29 churn - voluntary",
            "cus_yen 2024-02-29 new 25200 -");

    PAssert.that(
            timelines
                .apply("ComputeCustomerMonths", ComputeCustomerMonths.in(ZoneOffset.UTC))
                .apply(
                    "UntilMarch",
                    Filter.by(month -> month.getMonth().isBefore(LocalDate.parse("2024-03-01"))))
                .apply(
                    "FCT_CUSTOMER_MONTHS in words",
                    inWords(
                        Tables.FCT_CUSTOMER_MONTHS,
                        "customer_id month arr_minor arr_minor_1m_before plan")))
        .containsInAnyOrder(
            "cus_converts 2024-01-01 24000 - starter",
            "cus_converts 2024-02-01 24000 24000 starter",
            "cus_upgrade 2024-01-01 24000 - starter",
            "cus_upgrade 2024-02-01 60000 24000 professional",
            "cus_downgrade 2024-01-01 60000 - professional",
            "cus_downgrade 2024-02-01 24000 60000 starter",
            "cus_annual 2024-02-01 21600 - starter",
            "cus_pause 2024-01-01 24000 - starter",
            "cus_pause 2024-02-01 - 24000 none",
            "cus_recovers 2024-01-01 24000 - starter",
            "cus_recovers 2024-02-01 24000 24000 starter",
            "cus_fails 2024-01-01 24000 - starter",
            "cus_fails 2024-02-01 24000 24000 starter",
            "cus_disputed 2024-01-01 24000 - starter",
            "cus_disputed 2024-02-01 24000 24000 starter",
            "cus_deleted 2024-01-01 24000 - starter",
            "cus_deleted 2024-02-01 24000 24000 starter",
            "cus_two 2024-01-01 24000 - starter",
            "cus_two 2024-02-01 84000 24000 professional",
            "cus_gap 2024-01-01 24000 - starter",
            "cus_gap 2024-02-01 - 24000 none",
            "cus_month_end 2024-01-01 24000 - starter",
            "cus_month_end 2024-02-01 - 24000 none",
            "cus_yen 2024-02-01 25200 - starter");
    pipeline.run().waitUntilFinish();
  }

  private static List<CustomerTimeline> cases() {
    List<Change> changes = new ArrayList<>();
    for (SubscriptionBuilder subscription :
        List.of(
            of("converts").trialing("2024-01-01", "2024-01-15").active("2024-01-15"),
            of("expires").trialing("2024-01-01", "2024-01-15").canceled("2024-01-15"),
            of("upgrade").active("2024-01-10").on(professional()).active("2024-02-20"),
            of("downgrade")
                .on(professional())
                .active("2024-01-10")
                .on(starter())
                .active("2024-02-10"),
            of("annual").on(item("prod_starter", 216_00, "year")).active("2024-02-29"),
            of("pause")
                .active("2024-01-10")
                .pausedCollection("2024-02-10", "void")
                .resumedCollection("2024-03-10"),
            of("recovers").active("2024-01-10").pastDue("2024-02-10").active("2024-02-13"),
            of("fails")
                .active("2024-01-10")
                .pastDue("2024-02-10")
                .canceled("2024-03-01", "payment_failed"),
            of("disputed").active("2024-01-10").canceled("2024-03-01", "payment_disputed"),
            of("deleted").active("2024-01-10").canceled("2024-03-01"),
            of("two").id("sub_first_of_two").active("2024-01-10").canceled("2024-03-10"),
            of("two").id("sub_second_of_two").on(professional()).active("2024-02-10"),
            of("gap").id("sub_before_gap").active("2024-01-10").canceled("2024-02-10"),
            of("gap").id("sub_after_gap").active("2024-05-10"),
            of("within_month").active("2024-02-05").canceled("2024-02-20"),
            of("month_end").active("2024-01-31").canceled("2024-02-29"),
            of("yen")
                .in("jpy")
                .on(item("prod_starter", 3000, "month", 1, 1, "jpy"))
                .active("2024-02-29"))) {
      changes.addAll(subscription.changes());
    }
    changes.add(Change.of(aCustomer("cus_deleted", "2024-03-01").setDeleted(true).build()));
    return Timelines.perCustomer(changes);
  }

  private static SubscriptionBuilder of(String name) {
    return aSubscription().of("cus_" + name).id("sub_" + name);
  }
}
