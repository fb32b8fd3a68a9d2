package org.stripeanalytics.intermediate;

import static org.stripeanalytics.contract.Tables.CUSTOMER_STATE;
import static org.stripeanalytics.contract.Tables.SUBSCRIPTION_SPELLS;
import static org.stripeanalytics.fold.Snapshots.aSubscription;

import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.TestTimelines;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.RowOfTable;
import org.stripeanalytics.warehouse.SplitByTable;

@ExtendWith(TestPipelineExtension.class)
class TablesOfTimelinesTest {
  private static final List<WarehouseTable<?>> TABLES =
      List.of(SUBSCRIPTION_SPELLS, CUSTOMER_STATE);

  private final CustomerTimeline timeline =
      Timelines.of(
          aSubscription().trialing("2024-01-01", "2024-01-15").active("2024-01-15"),
          aSubscription().id("sub_2").active("2024-02-01").canceled("2024-03-01"));

  @Test
  void oneStepMakesWhatEachTableMakesByItself(TestPipeline pipeline) {
    PCollectionTuple rows =
        TestTimelines.in(pipeline, List.of(timeline))
            .apply(tables())
            .apply(SplitByTable.of(TABLES));

    PAssert.that(SplitByTable.rowsOf(SUBSCRIPTION_SPELLS, rows))
        .containsInAnyOrder(timeline.getSpells());
    PAssert.that(SplitByTable.rowsOf(CUSTOMER_STATE, rows))
        .containsInAnyOrder(timeline.getCheckpoints());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void rowsStayInTheWindowOfTheirTimeline(TestPipeline pipeline) {
    Instant time = Instant.parse("2024-05-05T12:00:00Z");
    Duration day = Duration.standardDays(1);

    PCollection<RowOfTable> rows =
        pipeline
            .apply(
                Create.timestamped(TimestampedValue.of(timeline, time))
                    .withCoder(RowCoder.of(CustomerTimeline.class)))
            .apply(Window.into(FixedWindows.of(day)))
            .apply(tables());

    PAssert.that(SplitByTable.rowsOf(SUBSCRIPTION_SPELLS, rows.apply(SplitByTable.of(TABLES))))
        .inWindow(new IntervalWindow(Instant.parse("2024-05-05"), day))
        .containsInAnyOrder(timeline.getSpells());
    pipeline.run().waitUntilFinish();
  }

  private static TablesOfTimelines tables() {
    return TablesOfTimelines.of(
        List.of(ComputeSubscriptionSpells.create(), ComputeCustomerState.create()),
        RowOfTable.coder(TABLES));
  }
}
