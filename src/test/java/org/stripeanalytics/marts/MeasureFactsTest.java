package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.Facts.aMovement;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.model.facts.MrrMovement;

@ExtendWith(TestPipelineExtension.class)
class MeasureFactsTest {
  private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

  @Test
  void factsOfTheTwoSidesOfAMonthsEndFallIntoTheirOwnMonthsWindows(TestPipeline pipeline) {
    PCollection<KV<RowGroup, Sums<MrrMeasure>>> perMonth =
        Facts.in(
                pipeline,
                MrrMovement.class,
                aMovement("new", "2024-02-28", 0, 1).build(),
                aMovement("expansion", "2024-02-29", 1, 3).build(),
                aMovement("expansion", "2024-03-01", 3, 7).build(),
                // The clocks change on the 10th.
                aMovement("expansion", "2024-03-31", 7, 15).build(),
                aMovement("expansion", "2024-04-01", 15, 31).build())
            .apply(
                MeasureFacts.bySegment(
                    MrrMeasure.class,
                    LOS_ANGELES,
                    movement -> List.of(SegmentKey.of("region", movement.getRegion())),
                    (movement, count) ->
                        count.accept(
                            movement.getDay(),
                            Sums.of(MrrMeasure.ARR, movement.getArrMinorChange()))))
            .apply(Window.into(Grain.MONTH.windows(LOS_ANGELES)))
            .apply(Combine.perKey(new Sums.SumFn<>()));

    assertMonth(perMonth, "2024-02-01", "2024-03-01", 3);
    assertMonth(perMonth, "2024-03-01", "2024-04-01", 12);
    assertMonth(perMonth, "2024-04-01", "2024-05-01", 16);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aFactThatAGroupingHasMovedToTheEndOfTimeIsRefusedAndNotDroppedAsLate(TestPipeline pipeline) {
    Facts.in(pipeline, MrrMovement.class, aMovement("new", "2024-02-28", 0, 1).build())
        .apply(WithTimestamps.of(grouped -> GlobalWindow.INSTANCE.maxTimestamp()))
        .apply(
            MeasureFacts.bySegment(
                MrrMeasure.class,
                LOS_ANGELES,
                movement -> List.of(SegmentKey.of("region", movement.getRegion())),
                (movement, count) -> count.accept(movement.getDay(), Sums.of(MrrMeasure.ARR, 1))));

    var failure = assertThrows(PipelineExecutionException.class, () -> pipeline.run());
    assertThat(failure.getMessage(), containsString("KeepTimestamps is missing"));
  }

  private static void assertMonth(
      PCollection<KV<RowGroup, Sums<MrrMeasure>>> perMonth, String from, String to, long mrr) {
    PAssert.that(perMonth)
        .inWindow(new IntervalWindow(start(day(from)), start(day(to))))
        .containsInAnyOrder(
            KV.of(
                RowGroup.of(MrrMeasure.class, SegmentKey.of("region", "north_america")),
                Sums.of(MrrMeasure.ARR, mrr * 1200)));
  }

  private static Instant start(LocalDate day) {
    return Instant.ofEpochMilli(Days.start(day, LOS_ANGELES).toEpochMilli());
  }
}
