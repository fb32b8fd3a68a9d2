package org.stripeanalytics.streaming;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.CATALOG;

import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.streaming.FollowOwners.StoredOwners;

/** What a row of March shows while events of March come early, in time, late and too late. */
@ExtendWith(TestPipelineExtension.class)
class ComputeLiveMartsTest {
  private static final LocalDate MARCH = LocalDate.of(2024, 3, 1);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-04-10T00:00:00Z"), ZoneOffset.UTC);

  @Test
  void anOpenMonthIsShownEveryMinuteAndLastlyAtItsEnd(TestPipeline pipeline) {
    assertMarch(
        pipeline,
        new StreamedAccount()
            .watermark("2024-03-05")
            .subscribes("cus_1", "2024-03-05T10:00")
            .waitMinutes(2)
            .watermark("2024-03-20")
            .subscribes("cus_2", "2024-03-20T10:00")
            .waitMinutes(2)
            .watermark("2024-04-01T00:01"),
        "all early 20",
        "all early 40",
        "all on_time 40");
  }

  @Test
  void aWebhookThatComesTwiceCountsOnce(TestPipeline pipeline) {
    assertMarch(
        pipeline,
        new StreamedAccount()
            .watermark("2024-03-05")
            .subscribes("cus_1", "2024-03-05T10:00")
            .subscribes("cus_1", "2024-03-05T10:00")
            .watermark("2024-03-07")
            .subscribes("cus_1", "2024-03-05T10:00")
            .watermark("2024-04-01T00:01"),
        "all on_time 20");
  }

  @Test
  void aCustomerMayComeAfterItsSubscription(TestPipeline pipeline) {
    assertMarch(
        pipeline,
        "europe",
        new StreamedAccount()
            .watermark("2024-03-05")
            .subscribes("cus_1", "2024-03-05T10:00")
            .watermark("2024-03-06")
            .signsUp("cus_1", "2024-03-05T09:59")
            .watermark("2024-04-01T00:01"),
        "europe on_time 20");
  }

  @Test
  void whatComesWithinThreeDaysIsAddedAndWhatComesLaterIsNot(TestPipeline pipeline) {
    assertMarch(
        pipeline,
        new StreamedAccount()
            .watermark("2024-03-05")
            .subscribes("cus_1", "2024-03-05T10:00")
            .watermark("2024-04-02")
            .subscribes("cus_late", "2024-03-30T10:00")
            .subscribes("cus_tooLate", "2024-03-29T10:00"),
        "all on_time 20",
        "all late 40");
  }

  @Test
  void whatIsNoEventHoldsNothingUp(TestPipeline pipeline) {
    assertMarch(
        pipeline,
        new StreamedAccount()
            .watermark("2024-03-05")
            .says("2024-03-05", "{\"object\":")
            .says(
                "2024-03-05",
                "{\"object\":\"event\",\"id\":\"evt_1\",\"type\":\"x\",\"created\":99999999999999999,"
                    + "\"data\":{\"object\":{}}}")
            .says("2024-03-05", "{\"object\":\"v2.core.event\",\"id\":\"evt_thin\"}")
            .subscribes("cus_1", "2024-03-05T10:00")
            .watermark("2024-04-01T00:01"),
        "all on_time 20");
  }

  private static void assertMarch(TestPipeline pipeline, StreamedAccount account, String... rows) {
    assertMarch(pipeline, "all", account, rows);
  }

  /**
   * @param rows segment value, timing and MRR at the end of every state that differs in them
   */
  private static void assertMarch(
      TestPipeline pipeline, String segmentValue, StreamedAccount account, String... rows) {
    MetricPolicies policies = MetricPolicies.defaults();
    StoredCustomers nothing =
        new StoredCustomers(
            MARCH,
            MARCH.plusDays(1),
            pipeline.apply("Stored", Create.empty(RowCoder.of(Change.class))),
            StoredOwners.NONE,
            () -> CATALOG);
    PCollection<String> states =
        ComputeLiveMarts.mrr(
                pipeline
                    .apply("Deliver", account.stream())
                    .apply("ReadStreamedEvents", ReadStreamedEvents.create())
                    .apply(
                        "ComputeLiveMarts",
                        ComputeLiveMarts.on(
                            nothing,
                            policies,
                            new RejectingRun("stream", "test", MARCH),
                            Duration.standardMinutes(1),
                            CLOCK)))
            .apply(
                "OfMarch",
                Filter.by(
                    row ->
                        row.getMonth().equals(MARCH) && row.getSegmentValue().equals(segmentValue)))
            .apply(
                "Describe",
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        row ->
                            row.getSegmentValue()
                                + " "
                                + row.getPaneTiming()
                                + " "
                                + plain(row.getMrrEnd())));
    Set<String> expected = ImmutableSet.copyOf(rows);
    PAssert.that(states)
        .satisfies(
            shown -> {
              // A state may differ in another column alone.
              assertThat(ImmutableSet.copyOf(shown), is(expected));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static String plain(BigDecimal money) {
    return money.stripTrailingZeros().toPlainString();
  }
}
