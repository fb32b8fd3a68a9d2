package org.stripeanalytics.marts;

import static java.util.stream.Collectors.joining;
import static org.stripeanalytics.fold.Snapshots.aSubscription;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.TestTimelines;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.model.marts.SegmentMonthly;

@ExtendWith(TestPipelineExtension.class)
class ComputeSegmentMonthlyTest {
  private static final Set<LocalDate> MONTHS =
      Set.of(LocalDate.of(2024, 5, 1), LocalDate.of(2024, 6, 1));

  @Test
  void aMonthSaysHowManyAreWhereAndWhereTheyWere(TestPipeline pipeline) {
    List<Change> account =
        Accounts.of(
            aSubscription().id("sub_a").of("cus_a").active("2024-01-10").canceled("2024-06-10"),
            aSubscription().id("sub_b").of("cus_b").active("2024-01-10"),
            aSubscription().id("sub_c").of("cus_c").active("2024-06-10"),
            aSubscription().id("sub_d").of("cus_d").active("2024-01-10").pastDue("2024-06-10"));
    MetricPolicies policies = MetricPolicies.defaults();
    ComputeSegmentMonthly stages = ComputeSegmentMonthly.of(Timelines.YEARS, policies);

    PAssert.that(
            TestTimelines.in(pipeline, Timelines.perCustomer(account))
                .apply(stages)
                .apply(MartRows.of(stages.mart(), ZoneOffset.UTC))
                .apply(
                    Filter.by(
                        row -> row.getSegment().equals("all") && MONTHS.contains(row.getMonth())))
                .apply(MapElements.into(TypeDescriptors.strings()).via(row -> told(row))))
        .containsInAnyOrder(
            "2024-05-01: 3 with 60, 0 lost; healthy 3 with 60; healthy>healthy 3",
            "2024-06-01: 3 with 60, 1 lost; lost 1 with 0, past_due 1 with 20, new 1 with 20,"
                + " healthy 1 with 20; healthy>healthy 1, healthy>lost 1, healthy>past_due 1,"
                + " none>new 1");
    pipeline.run().waitUntilFinish();
  }

  private static String told(SegmentMonthly row) {
    return "%s: %d with %s, %d lost; %s; %s"
        .formatted(
            row.getMonth(),
            row.getCustomers(),
            Rows.told(row.getMrr()),
            row.getCustomersLost(),
            row.getStages().stream()
                .map(
                    s ->
                        "%s %d with %s"
                            .formatted(s.getStage(), s.getCustomers(), Rows.told(s.getMrr())))
                .collect(joining(", ")),
            row.getFlows().stream()
                .map(f -> "%s>%s %d".formatted(f.getFromStage(), f.getToStage(), f.getCustomers()))
                .collect(joining(", ")));
  }
}
