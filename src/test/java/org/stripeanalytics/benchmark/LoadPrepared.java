package org.stripeanalytics.benchmark;

import com.google.common.collect.ImmutableSet;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.postgresql.PostgresDatabase;
import org.stripeanalytics.warehouse.postgresql.PostgresWarehouse;

/**
 * Simulates an account into memory, and then loads it into the raw tables of a new warehouse as
 * pipelines load rows: a pipeline stages them, behind it one transaction publishes. Only that is
 * timed; its start-up is the same pipeline before it, without a row.
 */
final class LoadPrepared {
  /** Enough that all cores end at about the same time. */
  private static final int PARTS = 50;

  private static final ImmutableSet<WarehouseTable<?>> RAW =
      Tables.all().stream()
          .filter(table -> table.contract().layer() == Layer.RAW)
          .collect(ImmutableSet.toImmutableSet());

  /** A warehouse that is not there yet. */
  private interface NewWarehouse {
    Warehouse named(String name);
  }

  /**
   * @param args how many customers, a directory for the warehouses, and {@code postgresql} if they
   *     are to be in a server of their own there
   */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[1]);
    Accounts.synthesize(Long.parseLong(args[0]), new Kept());
    Kept.deal();
    if (args.length > 2) {
      try (EmbeddedPostgres server = server(directory)) {
        measure(name -> PostgresWarehouse.open(database(server), name, ZoneOffset.UTC));
      }
    } else {
      measure(
          name ->
              DuckDbWarehouse.open(
                  directory.resolve(name + ".duckdb"), ZoneOffset.UTC, Clock.systemUTC()));
    }
    // Flink leaves threads behind that would keep the process alive.
    System.exit(0);
  }

  private static void measure(NewWarehouse warehouses) {
    double startUp = load(warehouses.named("none"), List.of());
    double seconds = load(warehouses.named("loaded"), IntStream.range(0, PARTS).boxed().toList());
    Terminal.ofProcess().answer(new Worked(Kept.ROWS.size(), seconds, startUp).line());
  }

  /** With the settings that PostgreSQL has by itself, where that of tests forgets to be safe. */
  private static EmbeddedPostgres server(Path directory) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory.resolve("postgresql"))
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .start();
  }

  private static PostgresDatabase database(EmbeddedPostgres server) {
    return new PostgresDatabase(
        "localhost", server.getPort(), "postgres", "postgres", "disable", Optional::empty);
  }

  private static double load(Warehouse warehouse, List<Integer> parts) {
    warehouse.createTables();
    long start = System.nanoTime();
    Publication publication = warehouse.publication("benchmark", Accounts.HISTORY, Instant.EPOCH);
    Pipeline pipeline = Accounts.pipeline();
    pipeline
        .apply("ListParts", Create.of(parts).withType(TypeDescriptors.integers()))
        .apply("SpreadParts", Reshuffle.viaRandomKey())
        .apply("LoadRows", publication.loadAll(RAW, new PreparedRows(), VoidCoder.of()));
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
    return Worked.secondsSince(start);
  }

  private record Row<T>(WarehouseTable<T> table, T row) {
    void putInto(RowSink rows) {
      rows.put(table, row);
    }
  }

  private static final class Kept implements Nowhere.Sink {
    private static final ConcurrentLinkedQueue<Row<?>> ROWS_AS_THEY_CAME =
        new ConcurrentLinkedQueue<>();
    private static final List<Row<?>> ROWS = new ArrayList<>();

    @Override
    public <T> void put(WarehouseTable<T> table, T row) {
      ROWS_AS_THEY_CAME.add(new Row<>(table, row));
    }

    static void deal() {
      ROWS.addAll(ROWS_AS_THEY_CAME);
      ROWS_AS_THEY_CAME.clear();
    }
  }

  private static final class PreparedRows implements RowGenerator<Integer, Void> {
    @Override
    public void generate(Integer part, RowSink rows, Consumer<Void> aside) {
      int size = Kept.ROWS.size();
      for (Row<?> row : Kept.ROWS.subList(size / PARTS * part, end(part, size))) {
        row.putInto(rows);
      }
    }

    private static int end(int part, int size) {
      return part == PARTS - 1 ? size : size / PARTS * (part + 1);
    }
  }

  private LoadPrepared() {}
}
