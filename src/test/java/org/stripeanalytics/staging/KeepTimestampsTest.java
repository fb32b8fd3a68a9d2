package org.stripeanalytics.staging;

import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.day;

import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.MarketingSpend;

@ExtendWith(TestPipelineExtension.class)
class KeepTimestampsTest {

  @Test
  void whatComesOutOfAShuffleIsNotLateForTheEventTimesThatFollow(TestPipeline pipeline) {
    MarketingSpend spend =
        MarketingSpend.builder()
            .setDay(day("2024-02-29"))
            .setChannel("ads")
            .setRegion("europe")
            .setAmount(1)
            .setCurrency("usd")
            .setSnapshotDate(day("2024-02-29"))
            .setChangedAt(at("2024-02-29"))
            .setSource("json")
            .build();

    PAssert.that(
            pipeline
                .apply(Create.of(spend).withCoder(Tables.MARKETING_SPEND.coder()))
                .apply(LatestVersions.of(MarketingSpend.class, MarketingSpend::getChannel))
                .apply(Reify.timestamps())
                .apply(
                    MapElements.into(TypeDescriptors.longs())
                        .via(row -> row.getTimestamp().getMillis())))
        .containsInAnyOrder(BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis());
    pipeline.run().waitUntilFinish();
  }
}
