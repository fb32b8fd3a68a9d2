package org.stripeanalytics.warehouse;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;

/**
 * What every warehouse promises, whatever is behind the port: the tests that extend this class,
 * each for one side of it.
 */
@ExtendWith(TestPipelineExtension.class)
public abstract class WarehouseContract {
  static final Instant INGESTED_AT = Instant.parse("2024-06-01T12:00:00.654321Z");
  static final DataInterval JANUARY = month("2024-01-01");
  static final DataInterval FEBRUARY = month("2024-02-01");

  private final TestedWarehouse tested;
  private Warehouse warehouse;
  private int runs;

  WarehouseContract(TestedWarehouse tested) {
    this.tested = tested;
  }

  @BeforeEach
  final void createTables(TestPipeline pipeline, @TempDir Path directory) {
    warehouse = tested.startWithTables(directory);
    tested.configure(pipeline.getOptions());
  }

  @AfterEach
  final void stop() {
    tested.stop();
  }

  final TestedWarehouse tested() {
    return tested;
  }

  final Warehouse warehouse() {
    return warehouse;
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  protected final <T> void publish(DataInterval interval, WarehouseTable<T> table, T... rows) {
    Pipeline pipeline = newPipeline();
    Publication publication = warehouse.publication(nextRun(), interval, INGESTED_AT);
    load(pipeline, publication, table, rows);
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  static <T> void load(
      Pipeline pipeline, Publication publication, WarehouseTable<T> table, T... rows) {
    pipeline
        .apply("Rows " + table, Create.of(List.of(rows)).withCoder(table.coder()))
        .apply("Load " + table, publication.load(table));
  }

  /** How many bytes rows take is each warehouse's own. */
  static MapElements<PublishedTable, PublishedTable> forgetBytes() {
    return MapElements.into(TypeDescriptor.of(PublishedTable.class)).via(t -> t.withBytes(0));
  }

  final Pipeline newPipeline() {
    PipelineOptions options = TestPipeline.testingPipelineOptions();
    tested.configure(options);
    return Pipeline.create(options);
  }

  /** A run that is repeated under its own id and time is the same run, and published once. */
  final String nextRun() {
    runs++;
    return lastRun();
  }

  final String lastRun() {
    return "run_" + runs;
  }

  final List<String> lines(String sql) {
    List<String> lines = new ArrayList<>();
    for (List<Object> row : warehouse.query(sql).rows()) {
      lines.add(String.join(" ", row.stream().map(String::valueOf).toList()));
    }
    return lines;
  }

  private static DataInterval month(String first) {
    return DataInterval.of(LocalDate.parse(first), LocalDate.parse(first).plusMonths(1));
  }
}
