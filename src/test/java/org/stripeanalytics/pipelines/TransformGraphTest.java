package org.stripeanalytics.pipelines;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.bigquery.BigQueryServicesOptions;
import org.stripeanalytics.warehouse.duckdb.DuckDbSql;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/**
 * How heavy the graph of {@code transform} is. Every primitive step is translated, compiled,
 * started and closed, and on a small account that is all the time a run takes. A change that makes
 * the graph heavier has to raise a bound here, and say why.
 */
class TransformGraphTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC);

  private static final Set<Layer> COMPUTED =
      Set.of(Layer.INTERMEDIATE, Layer.DIMENSIONS, Layer.FACTS, Layer.MARTS);

  @TempDir private Path directory;

  @Test
  void fullRefreshOfAFileIsLight() {
    createTables();

    assertNoHeavier(onDuckDb("--from=2024-01-01", "--to=2024-06-01"), 128, 14);
  }

  @Test
  void monthOnAFinishedFileIsLight() throws SQLException {
    fillComputedTables();

    assertNoHeavier(onDuckDb("--from=2024-05-01", "--to=2024-06-01"), 158, 18);
  }

  @Test
  void openMonthOnAFinishedFileIsLightest() throws SQLException {
    fillComputedTables();

    assertNoHeavier(onDuckDb("--from=2024-05-01", "--to=2024-05-20", "--mode=open"), 107, 14);
  }

  /** Reads are Beam's own there, nine steps for each table. */
  @Test
  void monthInBigQueryIsNoHeavierThanItsReads() {
    assertNoHeavier(onBigQuery(), 255, 16);
  }

  private static void assertNoHeavier(GraphWeight weight, int primitives, int groupByKeys) {
    assertThat(
        weight.toString(),
        weight.primitives() <= primitives && weight.groupByKeys() <= groupByKeys,
        is(true));
  }

  private GraphWeight onDuckDb(String... more) {
    List<String> args = new ArrayList<>(List.of("--warehouse=duckdb:" + file()));
    args.addAll(List.of(more));
    return GraphWeight.of(built(Transform.PIPELINE.parse(args, CLOCK)));
  }

  private static GraphWeight onBigQuery() {
    TransformOptions options =
        Transform.PIPELINE.parse(
            List.of(
                "--warehouse=bigquery:a-project.dev",
                "--warehouseRegion=EU",
                "--tempLocation=gs://a-bucket/temp",
                "--from=2024-05-01",
                "--to=2024-06-01"),
            CLOCK);
    GcsOptions gcs = options.as(GcsOptions.class);
    gcs.setCredentialFactoryClass(NoopCredentialFactory.class);
    gcs.setPathValidatorClass(NoopPathValidator.class);
    options
        .as(BigQueryServicesOptions.class)
        .setBigQueryServices(DataflowGraphTest.FakeServices.class);
    return GraphWeight.of(built(options));
  }

  private static Pipeline built(TransformOptions options) {
    options.setRunner(BuiltPipeline.Runner.class);
    return ((BuiltPipeline) Transform.PIPELINE.start().apply(options)).pipeline();
  }

  private Path file() {
    return directory.resolve("warehouse.duckdb");
  }

  private void createTables() {
    EmptyWarehouses.at(file(), ZoneOffset.UTC, CLOCK);
  }

  /** One row from before the interval in each: what is empty is not read. */
  private void fillComputedTables() throws SQLException {
    createTables();
    try (Connection connection = DuckDbSql.connect(file());
        Statement statement = connection.createStatement()) {
      for (WarehouseTable<?> table : Tables.all()) {
        if (COMPUTED.contains(table.contract().layer())) {
          statement.execute(insertOneRow(table));
        }
      }
    }
  }

  private static String insertOneRow(WarehouseTable<?> table) {
    return table.contract().columns().stream()
        .map(
            column ->
                switch (DuckDbSql.type(column)) {
                  case "VARCHAR" -> "'x'";
                  case "BIGINT", "DECIMAL(38, 9)" -> "1";
                  case "BOOLEAN" -> "true";
                  case "DATE" -> "DATE '2024-03-01'";
                  case "TIMESTAMP" -> "TIMESTAMP '2024-03-01'";
                  default -> column.getMode().equals("REPEATED") ? "[]" : "NULL";
                })
        .collect(joining(", ", "INSERT INTO " + table.name() + " VALUES (", ")"));
  }
}
