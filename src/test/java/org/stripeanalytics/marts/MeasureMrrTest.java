package org.stripeanalytics.marts;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.professional;
import static org.stripeanalytics.fold.Snapshots.starter;

import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.Snapshots;
import org.stripeanalytics.fold.changes.Change;

@ExtendWith(TestPipelineExtension.class)
class MeasureMrrTest {

  @Test
  void aDayOfChangeIsMeasuredOnceInEverySegmentAtItsFirstInstant(TestPipeline pipeline) {
    List<Change> account =
        List.of(
            Snapshots.customer("cus_1", "2024-01-05", "DE"),
            aSubscription().active("2024-01-10T15:30").changes().get(0));

    PAssert.that(told(Accounts.measured(pipeline, account)))
        .containsInAnyOrder(
            "2024-01-10 all=all ARR=24000 ARR_LIST=24000 ARR_BILLED=24000 ARR_STARTER=24000 CUSTOMERS=1 NEW=24000 CUSTOMERS_NEW=1",
            "2024-01-10 country=DE ARR=24000 ARR_LIST=24000 ARR_BILLED=24000 ARR_STARTER=24000 CUSTOMERS=1 NEW=24000 CUSTOMERS_NEW=1",
            "2024-01-10 region=europe ARR=24000 ARR_LIST=24000 ARR_BILLED=24000 ARR_STARTER=24000 CUSTOMERS=1 NEW=24000 CUSTOMERS_NEW=1",
            "2024-01-10 channel=organic_search ARR=24000 ARR_LIST=24000 ARR_BILLED=24000 ARR_STARTER=24000 CUSTOMERS=1 NEW=24000 CUSTOMERS_NEW=1",
            "2024-01-10 initial_plan=starter ARR=24000 ARR_LIST=24000 ARR_BILLED=24000 ARR_STARTER=24000 CUSTOMERS=1 NEW=24000 CUSTOMERS_NEW=1",
            "2024-01-31 all=all NET_NEW=24000",
            "2024-01-31 country=DE NET_NEW=24000",
            "2024-01-31 region=europe NET_NEW=24000",
            "2024-01-31 channel=organic_search NET_NEW=24000",
            "2024-01-31 initial_plan=starter NET_NEW=24000");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aChangeOfPlanMovesRevenueBetweenThePlans(TestPipeline pipeline) {
    List<Change> account =
        aSubscription()
            .on(starter())
            .active("2024-01-10")
            .on(professional())
            .active("2024-02-10")
            .changes();

    PAssert.that(told(Accounts.measured(pipeline, account)))
        .satisfies(
            lines -> {
              for (String line : lines) {
                if (line.startsWith("2024-02-10 all")) {
                  assertThat(
                      line,
                      is(
                          "2024-02-10 all=all ARR=36000 ARR_LIST=36000 ARR_BILLED=36000"
                              + " ARR_STARTER=-24000 ARR_PROFESSIONAL=60000 EXPANSION=36000"));
                  return null;
                }
              }
              throw new AssertionError("no measure on the day of the upgrade");
            });
    pipeline.run().waitUntilFinish();
  }

  private static PCollection<String> told(PCollection<KV<RowGroup, Sums<MrrMeasure>>> measures) {
    return measures
        .apply(Reify.timestamps())
        .apply(MapElements.into(TypeDescriptors.strings()).via(MeasureMrrTest::tell));
  }

  private static String tell(TimestampedValue<KV<RowGroup, Sums<MrrMeasure>>> measure) {
    RowGroup segment = measure.getValue().getKey();
    return measure.getTimestamp().toString().substring(0, 10)
        + " "
        + segment.getSegment()
        + "="
        + segment.getSegmentValue()
        + tell(measure.getValue().getValue());
  }

  private static String tell(Sums<MrrMeasure> sums) {
    return Arrays.stream(MrrMeasure.values())
        .filter(measure -> sums.get(measure) != 0)
        .map(measure -> " " + measure + "=" + sums.get(measure))
        .collect(joining());
  }
}
