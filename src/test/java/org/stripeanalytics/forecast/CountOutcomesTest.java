package org.stripeanalytics.forecast;

import static org.stripeanalytics.forecast.SyntheticMonths.aPayingCustomer;

import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.model.marts.ChurnFeatures;
import org.stripeanalytics.model.schema.RowCoder;

@ExtendWith(TestPipelineExtension.class)
class CountOutcomesTest {
  private static final LocalDate MAY = LocalDate.parse("2025-05-01");

  @Test
  void customersWhoWereAlikeInAMonthAreCountedTogether(TestPipeline pipeline) {
    PCollection<String> counts =
        counted(
            pipeline,
            observed(aPayingCustomer(MAY).setCustomerId("cus_1"), Outcome.STAYED),
            observed(aPayingCustomer(MAY).setCustomerId("cus_2"), Outcome.VOLUNTARY),
            observed(aPayingCustomer(MAY).setCustomerId("cus_3"), null),
            observed(aPayingCustomer(MAY).setPlan("professional"), Outcome.INVOLUNTARY),
            observed(aPayingCustomer(MAY.plusMonths(1)), Outcome.STAYED));

    PAssert.that(counts)
        .containsInAnyOrder(
            "2025-05-01: 2 known, 1 voluntary, 0 involuntary",
            "2025-05-01: 1 known, 0 voluntary, 1 involuntary",
            "2025-06-01: 1 known, 0 voluntary, 0 involuntary");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void whoeverHasAnnouncedToLeaveIsNotCounted(TestPipeline pipeline) {
    PAssert.that(
            counted(
                pipeline, observed(aPayingCustomer(MAY).setIsAnnounced(true), Outcome.VOLUNTARY)))
        .empty();
    pipeline.run().waitUntilFinish();
  }

  private static PCollection<String> counted(TestPipeline pipeline, ObservedMonth... months) {
    return pipeline
        .apply(Create.of(List.of(months)).withCoder(RowCoder.of(ObservedMonth.class)))
        .apply(CountOutcomes.create())
        .apply(
            FlatMapElements.into(TypeDescriptors.strings())
                .via(
                    (KV<String, Iterable<List<KV<List<String>, OutcomeCounts>>>> account) ->
                        CountOutcomes.counted(account.getValue()).stream()
                            .map(CountOutcomesTest::told)
                            .toList()));
  }

  private static String told(CountedMonth month) {
    return "%s: %d known, %d voluntary, %d involuntary"
        .formatted(
            month.month(),
            month.counts().getKnown1m(),
            month.counts().getVoluntary1m(),
            month.counts().getInvoluntary1m());
  }

  private static ObservedMonth observed(ChurnFeatures.Builder features, @Nullable String outcome) {
    return ObservedMonth.builder().setFeatures(features.build()).setOutcome1m(outcome).build();
  }
}
