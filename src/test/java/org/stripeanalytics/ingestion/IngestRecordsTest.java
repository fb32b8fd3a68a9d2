package org.stripeanalytics.ingestion;

import static org.stripeanalytics.ingestion.StripeObject.aCustomer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RejectingRun;

/** The transforms from files to rows. */
@ExtendWith(TestPipelineExtension.class)
class IngestRecordsTest {
  private static final RejectingRun RUN =
      RejectingRun.of("ingest", "run_1", Instant.parse("2024-06-01T00:00:00Z"));

  @TempDir private Path folder;

  @Test
  void theLastVersionOfADayStandsByTimeAndThenByWhatItSays(TestPipeline pipeline) {
    PCollectionTuple ingested =
        ingest(
            pipeline,
            named("first", "evt_1", "2024-01-05T09:00:00Z"),
            named("last", "evt_a", "2024-01-05T18:00:00Z")
                .with("data.previous_attributes", "{\"name\":\"before\"}"),
            named("before", "evt_b", "2024-01-05T18:00:00Z"),
            named("next day", "evt_0", "2024-01-06T00:00:00Z"));

    PAssert.that(
            IngestRecords.rowsOf(Tables.CUSTOMERS, ingested)
                .apply(
                    "Names",
                    MapElements.into(TypeDescriptors.strings())
                        .via(row -> row.getSnapshotDate() + " " + row.getName())))
        .containsInAnyOrder("2024-01-05 last", "2024-01-06 next day");
    pipeline.run();
  }

  @Test
  void anEventThatIsDeliveredTwiceIsOneRow(TestPipeline pipeline) {
    StripeObject event = named("once", "evt_1", "2024-01-05T09:00:00Z");

    PCollectionTuple ingested = ingest(pipeline, event, event);

    PAssert.that(
            IngestRecords.rowsOf(Tables.EVENTS, ingested)
                .apply("Ids", MapElements.into(TypeDescriptors.strings()).via(row -> row.getId())))
        .containsInAnyOrder("evt_1");
    pipeline.run();
  }

  @Test
  void whatComesInIsCountedAndSoIsWhatGivesWay(TestPipeline pipeline) {
    PCollectionTuple ingested =
        ingest(
            pipeline,
            named("first", "evt_1", "2024-01-05T09:00:00Z"),
            named("last", "evt_2", "2024-01-05T18:00:00Z"),
            aCustomer()
                .with("balance", "\"none\"")
                .event("evt_3", "customer.updated", Instant.parse("2024-01-05T19:00:00Z")));

    PAssert.that(
            IngestRecords.tallies(ingested)
                .apply(
                    "ByWay",
                    MapElements.into(
                            TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs()))
                        .via(
                            tally ->
                                KV.of(tally.getTable() + " " + tally.getWay(), tally.getRows())))
                .apply("Sum", Sum.longsPerKey())
                .apply("NotNone", Filter.by(sum -> sum.getValue() != 0)))
        .containsInAnyOrder(
            KV.of(" HANDLED", 3L),
            KV.of("raw.events IN", 3L),
            KV.of("raw.customers IN", 3L),
            KV.of("raw.customers SUPERSEDED", 1L));
    PAssert.that(
            IngestRecords.rejected(ingested)
                .apply(
                    "Rules",
                    MapElements.into(TypeDescriptors.strings())
                        .via(row -> row.getObjectId() + " " + row.getRule())))
        .containsInAnyOrder("cus_1 wrong_type");
    pipeline.run();
  }

  @Test
  void aFileIsReadOnceHoweverManyPatternsMatchIt(TestPipeline pipeline) throws Exception {
    Path file = Files.writeString(folder.resolve("customers.ndjson"), "{\"a\":1}\n{\"a\":2}\nx\n");

    PCollectionTuple read =
        pipeline.apply(
            "ReadFiles",
            ReadFiles.matching(
                List.of(file.toString(), folder + "/*"), LocalDate.of(2024, 3, 1), RUN));

    PAssert.that(ReadFiles.records(read))
        .containsInAnyOrder(
            DeliveredRecord.of("{\"a\":1}", file.toString(), 1L, LocalDate.of(2024, 3, 1)),
            DeliveredRecord.of("{\"a\":2}", file.toString(), 2L, LocalDate.of(2024, 3, 1)));
    PCollection<RejectedRecord> rejected = ReadFiles.rejected(read);
    PAssert.that(
            rejected.apply(
                "Payloads",
                MapElements.into(TypeDescriptors.strings())
                    .via(row -> row.getRule() + " " + row.getPayload())))
        .containsInAnyOrder("broken_json x");
    pipeline.run();
  }

  private static PCollectionTuple ingest(TestPipeline pipeline, StripeObject... records) {
    return pipeline
        .apply(
            "Records",
            Create.of(
                    List.of(records).stream()
                        .map(record -> DeliveredRecord.of(record.json(), null, null, null))
                        .toList())
                .withCoder(RowCoder.of(DeliveredRecord.class)))
        .apply("IngestRecords", IngestRecords.of(ZoneOffset.UTC, RUN));
  }

  private static StripeObject named(String name, String eventId, String at) {
    return aCustomer()
        .with("name", '"' + name + '"')
        .event(eventId, "customer.updated", Instant.parse(at));
  }
}
