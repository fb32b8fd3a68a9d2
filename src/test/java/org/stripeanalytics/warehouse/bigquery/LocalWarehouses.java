package org.stripeanalytics.warehouse.bigquery;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.Publication;

/** Warehouses whose BigQuery is on this machine, for tests that look at what is sent to it. */
final class LocalWarehouses {
  static final Instant NOON = Instant.parse("2024-06-01T12:00:00Z");
  static final DataInterval JANUARY =
      DataInterval.of(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 2, 1));

  private LocalWarehouses() {}

  static BigQueryWarehouse at(LocalBigQuery local, Path directory) {
    return at(local, options(local, directory), "UTC");
  }

  static BigQueryWarehouse at(LocalBigQuery local, PipelineOptions options, String zone) {
    return BigQueryWarehouse.open("a-project", "dev", "EU", ZoneId.of(zone), options)
        .withServices(new LocalServices(local));
  }

  static PipelineOptions options(LocalBigQuery local, Path directory) {
    PipelineOptions options = TestPipeline.testingPipelineOptions();
    configure(options, local, directory);
    return options;
  }

  static void configure(PipelineOptions options, LocalBigQuery local, Path directory) {
    options.setTempLocation(directory.toString());
    BigQueryOptions bigQuery = options.as(BigQueryOptions.class);
    bigQuery.setProject("a-project");
    bigQuery.setBigQueryProject("a-project");
    bigQuery.setBigQueryEndpoint(local.endpoint());
    bigQuery.setCredentialFactoryClass(NoopCredentialFactory.class);
    bigQuery.setJobLabelsMap(JobLabels.of("dev", "transform", "Nightly-7"));
  }

  /** A graph that loads rows into one table and publishes them. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  static <T> Pipeline pipeline(
      PipelineOptions options, Publication publication, WarehouseTable<T> table, T... rows) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Rows", Create.of(List.of(rows)).withCoder(table.coder()))
        .apply("Load", publication.load(table));
    pipeline.apply("Publish", publication);
    return pipeline;
  }
}
