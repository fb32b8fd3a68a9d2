package org.stripeanalytics.oracle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/** Makes small warehouses from the raw rows that a test writes down, by the examples' builders. */
final class HandMadeAccount {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  /** The builders write what all examples share, once more for every account in a file. */
  private static final String EMPTY_SEEDS =
      "DELETE FROM seeds.fx_rates; DELETE FROM seeds.geography; DELETE FROM raw.products;";

  /** Writes a warehouse of UTC. */
  static void write(Path file, String sql) {
    write(file, ZoneId.of("UTC"), sql).close();
  }

  /**
   * Writes to a warehouse, a new one if there is none, and leaves it open, with the variables set
   * that the statements set.
   */
  static Oracle write(Path file, ZoneId reportingZone, String sql) {
    if (!Files.exists(file)) {
      EmptyWarehouses.write(file, reportingZone, CLOCK);
    }
    Oracle oracle = Oracle.over(file);
    oracle.execute(EMPTY_SEEDS);
    oracle.execute(Oracle.file("examples/builders.sql"));
    oracle.execute(sql);
    return oracle;
  }

  private HandMadeAccount() {}
}
