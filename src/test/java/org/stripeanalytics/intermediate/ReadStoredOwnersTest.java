package org.stripeanalytics.intermediate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.intermediate.Owners.stored;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

@ExtendWith(TestPipelineExtension.class)
class ReadStoredOwnersTest {
  @TempDir Path directory;
  private DuckDbWarehouse warehouse;

  @BeforeEach
  void openWarehouse() {
    warehouse = EmptyWarehouses.at(directory.resolve("stripe.duckdb"));
  }

  @Test
  void ownersAreReadOfObjectsThatAreAskedForAndOlderThanTheDay(TestPipeline pipeline) {
    ObjectOwner old = stored("ch_old", "cus_1", "2024-02-29");
    publish(
        old, stored("ch_other", "cus_1", "2024-02-29"), stored("ch_new", "cus_2", "2024-03-01"));

    PCollection<ObjectOwner> owners =
        pipeline
            .apply("Asked", Create.of("ch_old", "ch_new", "ch_unknown"))
            .apply(ReadStoredOwners.before(day("2024-03-01"), warehouse));

    PAssert.that(owners).containsInAnyOrder(old);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void nothingIsReadWhereNothingIsAskedFor(TestPipeline pipeline) {
    publish(stored("ch_old", "cus_1", "2024-02-29"));

    PCollection<ObjectOwner> owners =
        pipeline
            .apply("Asked", Create.empty(StringUtf8Coder.of()))
            .apply(ReadStoredOwners.before(day("2024-03-01"), warehouse));

    PAssert.that(owners).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aFirstRunFindsNone() {
    ReadStoredOwners read = ReadStoredOwners.before(day("2024-03-01"), warehouse);
    assertThat(read.mayFindAny(), is(false));

    publish(stored("ch_old", "cus_1", "2024-02-29"));
    assertThat(read.mayFindAny(), is(true));
  }

  private void publish(ObjectOwner... owners) {
    Pipeline writing = Pipeline.create();
    Publication publication =
        warehouse.publication(
            "run-1", DataInterval.of(day("2024-01-01"), day("2025-01-01")), Instant.EPOCH);
    writing
        .apply("Owners", Create.of(List.of(owners)).withCoder(Tables.OBJECT_OWNERS.coder()))
        .apply("LoadOwners", publication.load(Tables.OBJECT_OWNERS));
    writing.apply("Publish", publication);
    writing.run().waitUntilFinish();
  }
}
