package org.stripeanalytics.synthesis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.pipelines.local.memory.InMemoryRunner;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/** Raw tables of simulated accounts, in a file. */
final class GeneratedTables {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** Simulates the whole history, with the truth, as the pipeline does. */
  static DuckDbWarehouse of(SimulatedAccount account, Path file) {
    return of(account, DataInterval.of(account.start(), account.end()), file, inMemory());
  }

  static DuckDbWarehouse of(
      SimulatedAccount account, DataInterval interval, Path file, PipelineOptions options) {
    DuckDbWarehouse warehouse =
        EmptyWarehouses.at(file, account.zone(), Clock.fixed(NOW, ZoneOffset.UTC));
    Publication publication = warehouse.publication("generated", interval, NOW);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("GenerateAccount", GenerateAccount.into(publication, account, interval, true));
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
    return warehouse;
  }

  /** What the pipeline takes for a small account; {@link DeterminismTest} compares others. */
  private static PipelineOptions inMemory() {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(InMemoryRunner.class);
    return options;
  }

  /** A few rows of what a query finds that may name the views of {@code views.sql}. */
  static List<List<Object>> query(Warehouse tables, String sql) {
    return tables.query(sql("views.sql") + "SELECT * FROM (\n" + sql + "\n) LIMIT 5").rows();
  }

  static String sql(String name) {
    try (InputStream file = GeneratedTables.class.getResourceAsStream("/invariants/" + name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private GeneratedTables() {}
}
