package org.stripeanalytics.ingestion;

import static java.time.ZoneOffset.UTC;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.stripeanalytics.ingestion.StripeObject.aCustomer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
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
import org.stripeanalytics.model.raw.Event;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/** The transforms from files to rows. */
@ExtendWith(TestPipelineExtension.class)
class IngestRecordsTest {
  private static final Instant NOW = Instant.parse("2024-06-01T00:00:00Z");
  private static final RejectingRun RUN = RejectingRun.of("ingest", "run_1", NOW);

  @TempDir private Path folder;
  private DuckDbWarehouse warehouse;

  @Test
  void theLastVersionOfADayStandsByTimeAndThenByWhatItSays(TestPipeline pipeline) {
    ingest(
        pipeline,
        named("first", "evt_1", "2024-01-05T09:00:00Z"),
        named("last", "evt_a", "2024-01-05T18:00:00Z")
            .with("data.previous_attributes", "{\"name\":\"before\"}"),
        named("before", "evt_b", "2024-01-05T18:00:00Z"),
        named("next day", "evt_0", "2024-01-06T00:00:00Z"));

    pipeline.run();

    assertThat(
        stored(TableRead.of(Tables.CUSTOMERS), row -> row.getSnapshotDate() + " " + row.getName()),
        containsInAnyOrder("2024-01-05 last", "2024-01-06 next day"));
  }

  @Test
  void anEventThatIsDeliveredTwiceIsOneRow(TestPipeline pipeline) {
    StripeObject event = named("once", "evt_1", "2024-01-05T09:00:00Z");

    ingest(pipeline, event, event);
    pipeline.run();

    assertThat(stored(TableRead.of(Tables.EVENTS), Event::getId), contains("evt_1"));
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

  @Test
  void aListOfWhichNoFileHasTheLastPageIsNamed(TestPipeline pipeline) throws Exception {
    page("customers-1.json", "/v1/customers", true);
    page("charges-1.json", "/v1/charges", true);
    page("charges-2.json", "/v1/charges", false);

    PCollectionTuple read =
        pipeline.apply("ReadFiles", ReadFiles.matching(List.of(folder + "/*"), null, RUN));

    PAssert.that(ReadFiles.warnings(read))
        .containsInAnyOrder(
            "Files with pages of the list /v1/customers, of which none has the last: 1, such as "
                + folder.resolve("customers-1.json"));
    pipeline.run();
  }

  private void page(String file, String list, boolean hasMore) throws IOException {
    Files.writeString(
        folder.resolve(file),
        "{\"object\":\"list\",\"url\":\"%s\",\"data\":[{\"id\":\"x\"}],\"has_more\":%s}"
            .formatted(list, hasMore));
  }

  private PCollectionTuple ingest(TestPipeline pipeline, StripeObject... records) {
    warehouse = EmptyWarehouses.at(folder.resolve("w.duckdb"), UTC, Clock.fixed(NOW, UTC));
    Publication publication = warehouse.mergingPublication("run_1", NOW);
    PCollectionTuple ingested =
        pipeline
            .apply(
                "Records",
                Create.of(
                        List.of(records).stream()
                            .map(record -> DeliveredRecord.of(record.json(), null, null, null))
                            .toList())
                    .withCoder(RowCoder.of(DeliveredRecord.class)))
            .apply("IngestRecords", IngestRecords.of(UTC, RUN, publication));
    pipeline.apply("Publish", publication);
    return ingested;
  }

  private <T> List<String> stored(TableRead<T> table, Function<T, String> told) {
    return warehouse.list(table).stream().map(told).toList();
  }

  private static StripeObject named(String name, String eventId, String at) {
    return aCustomer()
        .with("name", '"' + name + '"')
        .event(eventId, "customer.updated", Instant.parse(at));
  }
}
