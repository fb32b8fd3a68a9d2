package org.stripeanalytics.ingestion;

import static org.stripeanalytics.ingestion.StripeObject.aCustomer;

import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.model.schema.RowCoder;

/** What the records of a run say of an object comes together, whichever bundle it was read in. */
@ExtendWith(TestPipelineExtension.class)
class CollectVersionsTest {

  @Test
  void ofEachObjectAndDayTheLastVersionIsKeptAndAllAreCounted(TestPipeline pipeline) {
    PCollection<KV<String, Said>> collected =
        pipeline
            .apply(
                Create.of(
                        customer("cus_1", "evt_1", "2024-01-05T09:00:00Z"),
                        customer("cus_1", "evt_2", "2024-01-05T18:00:00Z"),
                        customer("cus_1", "evt_3", "2024-01-06T00:00:00Z"),
                        customer("cus_2", "evt_4", "2024-01-05T09:00:00Z"))
                    .withCoder(RowCoder.of(VersionedRow.class)))
            .apply(CollectVersions.create());

    PAssert.that(described(collected))
        .containsInAnyOrder(
            "raw.customers cus_1: 2 kept of 3: 2024-01-05T18:00:00Z, 2024-01-06T00:00:00Z",
            "raw.customers cus_2: 1 kept of 1: 2024-01-05T09:00:00Z");
    pipeline.run();
  }

  private static VersionedRow customer(String id, String event, String at) {
    StripeObject record =
        aCustomer().with("id", '"' + id + '"').event(event, "customer.updated", Instant.parse(at));
    return Parsed.of(record.json(), null, "UTC").rows().stream()
        .filter(row -> row.getTable().equals("raw.customers"))
        .findFirst()
        .orElseThrow();
  }

  private static PCollection<String> described(PCollection<KV<String, Said>> collected) {
    return collected.apply(
        MapElements.into(TypeDescriptors.strings())
            .via(object -> object.getKey() + ": " + described(object.getValue())));
  }

  private static String described(Said said) {
    List<VersionedRow> kept = said.kept();
    String[] times =
        kept.stream()
            .map(row -> Instant.EPOCH.plusMillis(row.getChangedAtMicros() / 1000).toString())
            .sorted()
            .toArray(String[]::new);
    return kept.size() + " kept of " + said.count() + ": " + String.join(", ", times);
  }
}
