package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.stripeanalytics.warehouse.ReportingZones;

/**
 * Warehouses with all tables and no rows, for tests whose subject comes after that. To create
 * tables takes a second and gives the same bytes each time, so a process creates each kind of
 * warehouse once and copies it.
 */
public final class EmptyWarehouses {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-06-01T12:00:00Z"), ZoneOffset.UTC);

  private static final Map<String, byte[]> CREATED = new ConcurrentHashMap<>();

  private EmptyWarehouses() {}

  /** One of UTC, for tests that do not mind when it was created. */
  public static DuckDbWarehouse at(Path file) {
    return at(file, ZoneOffset.UTC, CLOCK);
  }

  /** What {@link DuckDbWarehouse#createTables} leaves in a file that was not there. */
  public static DuckDbWarehouse at(Path file, ZoneId zone, Clock clock) {
    write(file, zone, clock);
    return DuckDbWarehouse.open(file, zone, clock);
  }

  /** The same without opening it, which takes a tenth of a second. */
  public static void write(Path file, ZoneId zone, Clock clock) {
    byte[] bytes =
        CREATED.computeIfAbsent(
            ReportingZones.nameOf(zone) + " " + clock.instant(), kind -> created(zone, clock));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] created(ZoneId zone, Clock clock) {
    try {
      Path folder = Files.createTempDirectory("empty-warehouse");
      Path file = folder.resolve("empty.duckdb");
      DuckDbWarehouse.open(file, zone, clock).createTables();
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      Files.delete(folder);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
