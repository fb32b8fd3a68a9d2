package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.professional;
import static org.stripeanalytics.fold.Snapshots.starter;

import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.fold.Snapshots;
import org.stripeanalytics.fold.Snapshots.SubscriptionBuilder;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.terms.DiscountTerms;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.marts.CustomerSegment;

/** One customer each, on Starter from 10 January 2024 unless said otherwise. */
class ComputeCustomerSegmentsTest {
  private static final MetricPolicies DEFAULTS = MetricPolicies.defaults();

  @Test
  void aCustomerIsNewForThirtyDaysAndOnboardingForNinety() {
    Map<String, String> stages = stages(aSubscription().active("2024-01-10"));

    assertThat(stages.get("2024-01"), is("new, after none"));
    assertThat(stages.get("2024-02"), is("onboarding, after new"));
    assertThat(stages.get("2024-03"), is("onboarding, after onboarding"));
    assertThat(stages.get("2024-04"), is("healthy, after onboarding"));
  }

  @Test
  void howLongIsAnOption() {
    MetricPolicies policies = DEFAULTS.toBuilder().setNewDays(60).setOnboardingDays(61).build();

    Map<String, String> stages =
        stages(Timelines.of(aSubscription().active("2024-01-10")), policies);

    assertThat(stages.get("2024-02"), is("new, after new"));
    assertThat(stages.get("2024-03"), is("healthy, after new"));
  }

  @Test
  void twelveMonthEndsThatNeverFellMakeAChampion() {
    Map<String, String> stages = stages(aSubscription().active("2024-01-10"));

    assertThat(stages.get("2024-11"), is("healthy, after healthy"));
    assertThat(stages.get("2024-12"), is("champion, after healthy"));
    assertThat(stages.get("2025-12"), is("champion, after champion"));
  }

  @Test
  void whoPaysMoreIsExpandingForThreeMonthsAndStaysAChampion() {
    Map<String, String> stages =
        stages(
            aSubscription()
                .on(starter())
                .active("2024-01-10")
                .on(professional())
                .active("2025-03-10"));

    assertThat(stages.get("2025-03"), is("expanding, after champion"));
    assertThat(stages.get("2025-05"), is("expanding, after expanding"));
    assertThat(stages.get("2025-06"), is("champion, after expanding"));
  }

  @Test
  void whoPaysLessIsAtRiskForThreeMonthsAndNoChampionForAYear() {
    Map<String, String> stages =
        stages(
            aSubscription()
                .on(professional())
                .active("2024-01-10")
                .on(starter())
                .active("2025-01-10"));

    assertThat(stages.get("2025-01"), is("at_risk, after champion"));
    assertThat(stages.get("2025-03"), is("at_risk, after at_risk"));
    assertThat(stages.get("2025-04"), is("healthy, after at_risk"));
    assertThat(stages.get("2025-11"), is("healthy, after healthy"));
    assertThat(stages.get("2025-12"), is("champion, after healthy"));
  }

  @Test
  void whoHasAskedToLeaveIsAtRiskUntilItIsLost() {
    Map<String, String> stages =
        stages(
            aSubscription()
                .active("2024-01-10")
                .cancelsAt("2024-08-20", "2024-10-10")
                .canceled("2024-10-10"));

    assertThat(stages.get("2024-08"), is("at_risk, after healthy"));
    assertThat(stages.get("2024-09"), is("at_risk, after at_risk"));
    assertThat(stages.get("2024-10"), is("lost, after at_risk"));
    assertThat(stages.containsKey("2024-11"), is(false));
  }

  @Test
  void anOpenPaymentIsMoreUrgentThanAnythingElse() {
    Map<String, String> stages =
        stages(aSubscription().active("2024-01-10").pastDue("2024-01-25").active("2024-02-02"));

    assertThat(stages.get("2024-01"), is("past_due, after none"));
    assertThat(stages.get("2024-02"), is("onboarding, after past_due"));
  }

  @Test
  void whoComesBackIsADormantReturnForThreeMonths() {
    Map<String, String> stages =
        stages(
            aSubscription().id("sub_1").active("2024-01-10").canceled("2024-05-10"),
            aSubscription().id("sub_2").active("2024-09-10"));

    assertThat(stages.get("2024-05"), is("lost, after healthy"));
    assertThat(stages.get("2024-09"), is("dormant_return, after lost"));
    assertThat(stages.get("2024-11"), is("dormant_return, after dormant_return"));
    assertThat(stages.get("2024-12"), is("healthy, after dormant_return"));
  }

  @Test
  void aDiscountIsLessThanAChampionAndMoreThanHealth() {
    DiscountTerms tenth =
        new DiscountTerms(
            "di_1",
            Instant.parse("2024-01-01T00:00:00Z"),
            null,
            DiscountTerms.Duration.FOREVER,
            new BigDecimal("10"),
            null,
            null,
            ImmutableSet.of());
    CustomerTimeline timeline =
        Timelines.of(
            Snapshots.catalogWith(tenth),
            DEFAULTS,
            aSubscription().discounted("di_1").active("2024-01-10"));

    assertThat(stages(timeline, DEFAULTS).get("2025-06"), is("discounted, after discounted"));
  }

  @Test
  void mrrIsInMajorUnits() {
    CustomerSegment row =
        ComputeCustomerSegments.rows(Timelines.of(aSubscription().active("2024-01-10")), DEFAULTS)
            .get(0);

    assertThat(
        Rows.told(row.getMonth(), row.getCustomerId(), row.getMrr()), is("2024-01-01 cus_1 20"));
  }

  private static Map<String, String> stages(SubscriptionBuilder... subscriptions) {
    return stages(Timelines.of(subscriptions), DEFAULTS);
  }

  /** By month: the stage, after that of the month before. */
  private static Map<String, String> stages(CustomerTimeline timeline, MetricPolicies policies) {
    List<CustomerSegment> rows = ComputeCustomerSegments.rows(timeline, policies);
    return rows.stream()
        .collect(
            Collectors.toMap(
                row -> row.getMonth().toString().substring(0, 7),
                row -> row.getStage() + ", after " + row.getPreviousStage()));
  }
}
