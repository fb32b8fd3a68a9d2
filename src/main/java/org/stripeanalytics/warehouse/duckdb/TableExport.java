package org.stripeanalytics.warehouse.duckdb;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.stripeanalytics.warehouse.duckdb.TableSql.list;
import static org.stripeanalytics.warehouse.duckdb.TableSql.literal;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.duckdb.ExportManifest.ExportedFile;
import org.stripeanalytics.warehouse.duckdb.ExportManifest.ExportedTable;

/**
 * Writes tables as files that readers of Parquet or CSV need nothing else for. A table is a
 * directory, {@code layer/table}, and each of its partitions one inside it, named as Hive does:
 * {@code partition_month=2025-01-01}. Files have all columns of their table; that name is not one
 * of them.
 *
 * <p>All tables are as they were at one moment, even if they are changed meanwhile.
 */
public final class TableExport {
  /** The greatest table takes seconds, and minutes where somebody else has the disk. */
  private static final int ENDING_MINUTES = 5;

  private final DuckDbWarehouse warehouse;
  private final ExportFormat format;
  private final Path directory;
  private final boolean withChecksums;

  private TableExport(
      DuckDbWarehouse warehouse, ExportFormat format, Path directory, boolean withChecksums) {
    this.warehouse = warehouse;
    this.format = format;
    this.directory = directory;
    this.withChecksums = withChecksums;
  }

  /**
   * Writes the tables and, at last, the manifest.
   *
   * @param warehouse the path of a finished one
   * @param withChecksums whether the manifest has checksums of rows besides those of files; they
   *     take longer than the files
   * @param directory empty, and whatever is in it afterwards is part of the export
   * @throws WarehouseException when there is no such warehouse, or it lacks a table or column
   */
  public static ExportManifest write(
      Path warehouse,
      ImmutableList<WarehouseTable<?>> tables,
      ExportFormat format,
      boolean withChecksums,
      Path directory,
      Instant exportedAt) {
    Path root = directory.toAbsolutePath().normalize();
    DuckDbWarehouse source = DuckDbWarehouse.openForExport(warehouse, root);
    TableExport export = new TableExport(source, format, root, withChecksums);
    try (Connection connection = source.file().connect()) {
      // What is asked over further connections is of the same moment as long as this one is open.
      ImmutableSet<String> stored = StoredTables.in(connection).names();
      ImmutableList<ExportedTable> written =
          export.write(tables.stream().filter(table -> present(table, stored, source)).toList());
      ExportManifest manifest =
          new ExportManifest(
              format, exportedAt.toString(), source.reportingZone().getId(), written);
      manifest.write(root);
      return manifest;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot close " + warehouse, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory, e);
    }
  }

  private static boolean present(
      WarehouseTable<?> table, ImmutableSet<String> stored, DuckDbWarehouse source) {
    if (stored.contains(table.name())) {
      return true;
    }
    throw new WarehouseException(
        source.path() + " has no table " + table.name() + "; leave it out, or run transform first");
  }

  /**
   * Tables side by side, each by one thread. All threads at one table are slower: each of them
   * holds every partition of it open, with a buffer for every column. The one with the most rows
   * begins: half of all bytes may be its, and begun last it would keep one thread while the others
   * have nothing left to do.
   */
  private ImmutableList<ExportedTable> write(List<WarehouseTable<?>> tables) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      Map<WarehouseTable<?>, Long> rows = new HashMap<>();
      tables.forEach(table -> rows.put(table, rows(table)));
      Map<WarehouseTable<?>, CompletableFuture<ExportedTable>> written = new HashMap<>();
      tables.stream()
          .sorted(Comparator.comparing(rows::get, Comparator.reverseOrder()))
          .forEach(
              table ->
                  written.put(
                      table,
                      CompletableFuture.supplyAsync(
                          () -> exported(table, rows.get(table)), threads)));
      return tables.stream().map(table -> written.get(table).join()).collect(toImmutableList());
    } catch (CompletionException e) {
      Throwables.throwIfUnchecked(e.getCause());
      throw e;
    } finally {
      end(threads);
    }
  }

  /** What has begun is brought to its end, so that afterwards nobody holds a file. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(ENDING_MINUTES, TimeUnit.MINUTES)) {
        throw new WarehouseException("a table is still being exported");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long rows(WarehouseTable<?> table) {
    return (Long)
        warehouse.query("SELECT count(*) FROM " + TableSql.name(table.contract())).value();
  }

  private ExportedTable exported(WarehouseTable<?> table, long rows) {
    Contract contract = table.contract();
    Path folder = directory.resolve(contract.layer().id()).resolve(contract.table());
    // Without rows there is no partition, but readers still want to see the columns.
    Optional<String> partition =
        contract.partitionColumn().filter(column -> rows > 0).map(c -> key(contract));
    try (Connection connection = warehouse.file().connect();
        Statement statement = connection.createStatement()) {
      Files.createDirectories(folder);
      statement.execute(copy(contract, partition, folder));
      return new ExportedTable(
          table.name(),
          contract.description(),
          partition.orElse(null),
          rows,
          withChecksums ? warehouse.checksum(table, ImmutableSet.of()).sum() : null,
          ImmutableList.copyOf(contract.columns()),
          files(folder));
    } catch (SQLException e) {
      throw new WarehouseException("cannot export " + table + ": " + firstLine(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder, e);
    }
  }

  private String copy(Contract contract, Optional<String> partition, Path folder) {
    String select = "SELECT " + list(contract.columns(), format::written);
    String from = " FROM " + TableSql.name(contract);
    String file = literal(folder.resolve("data_0." + format.id()).toString());
    return partition
        .map(
            key ->
                "COPY (%s, date_trunc(%s, %s)::DATE AS %s%s) TO %s (%s, PARTITION_BY (%s), %s)"
                    .formatted(
                        select,
                        literal(contract.partitionUnit()),
                        quoted(contract.partitionColumn().orElseThrow()),
                        key,
                        from,
                        literal(folder.toString()),
                        format.options(contract),
                        key,
                        "FILENAME_PATTERN 'data_{i}'"))
        .orElse("COPY (%s%s) TO %s (%s)".formatted(select, from, file, format.options(contract)));
  }

  static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static String key(Contract contract) {
    return "partition_" + contract.partitionUnit().toLowerCase(Locale.ROOT);
  }

  private ImmutableList<ExportedFile> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().map(this::file).collect(toImmutableList());
    }
  }

  private ExportedFile file(Path file) {
    try {
      return new ExportedFile(
          directory.relativize(file).toString().replace('\\', '/'),
          Files.size(file),
          MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
