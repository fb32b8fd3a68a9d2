package org.stripeanalytics.warehouse.duckdb;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.Publication;

/** Warehouses in files, for tests that need more than the port. */
final class Warehouses {
  static final Instant NOON = Instant.parse("2024-06-01T12:00:00Z");
  static final DataInterval JANUARY =
      DataInterval.of(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 2, 1));

  private Warehouses() {}

  static DuckDbWarehouse at(Path path) {
    return at(path, "UTC");
  }

  static DuckDbWarehouse at(Path path, String reportingZone) {
    return DuckDbWarehouse.open(path, ZoneId.of(reportingZone), Clock.fixed(NOON, ZoneOffset.UTC));
  }

  static DuckDbWarehouse created(Path path) {
    return EmptyWarehouses.at(path, ZoneId.of("UTC"), Clock.fixed(NOON, ZoneOffset.UTC));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  static <T> void publish(
      DuckDbWarehouse warehouse, String runId, WarehouseTable<T> table, T... rows) {
    Pipeline pipeline = Pipeline.create(TestPipeline.testingPipelineOptions());
    Publication publication = warehouse.publication(runId, JANUARY, NOON);
    pipeline
        .apply("Rows", Create.of(List.of(rows)).withCoder(table.coder()))
        .apply("Load", publication.load(table));
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
  }
}
