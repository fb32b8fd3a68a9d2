package org.stripeanalytics.warehouse.duckdb;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.stripeanalytics.warehouse.duckdb.TableSql.list;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneId;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.StagingView;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.duckdb.ExportManifest.ExportedFile;
import org.stripeanalytics.warehouse.duckdb.ExportManifest.ExportedTable;

/** Makes a warehouse of an export again. Tables that were not exported are empty in it. */
public final class TableImport {
  private final Path directory;
  private final ExportManifest manifest;

  private TableImport(Path directory, ExportManifest manifest) {
    this.directory = directory;
    this.manifest = manifest;
  }

  /**
   * Reads every file into a new warehouse, which is there when all rows are in it and, if the
   * manifest has checksums of rows, they are the same.
   *
   * @param clock says when the warehouse was made
   * @return what was imported
   * @throws WarehouseException when the directory holds no export, a file of it is missing or has
   *     changed, or there is a warehouse already
   */
  public static ExportManifest read(Path directory, Path warehouse, Clock clock) {
    if (Files.exists(warehouse)) {
      throw new WarehouseException(
          warehouse + " is there already; an import makes a new warehouse, give another path");
    }
    try {
      Path root = directory.toAbsolutePath().normalize();
      TableImport imported = new TableImport(root, ExportManifest.read(root));
      imported.checkFiles();
      DuckDbWarehouse target =
          DuckDbWarehouse.open(warehouse, ZoneId.of(imported.manifest.reportingZone()), clock);
      try (WarehouseReplacement replacement = target.replacement()) {
        replacement.building().createTables();
        imported.load(replacement.building());
        replacement.commit(() -> {});
      }
      return imported.manifest;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }

  private void checkFiles() throws IOException {
    for (ExportedFile exported : manifest.files()) {
      Path file = directory.resolve(exported.path());
      if (!Files.isRegularFile(file)) {
        throw new WarehouseException(file + " is missing; its manifest lists it");
      }
      if (!MoreFiles.asByteSource(file)
          .hash(Hashing.sha256())
          .toString()
          .equals(exported.sha256())) {
        throw new WarehouseException(file + " has changed since it was exported");
      }
    }
  }

  private void load(DuckDbWarehouse building) {
    for (ExportedTable exported : manifest.tables()) {
      if (StagingView.named(exported.table()).isPresent()) {
        // An earlier version kept these rows in a table; now they follow from the raw ones.
        continue;
      }
      WarehouseTable<?> table =
          Tables.all().stream()
              .filter(known -> known.name().equals(exported.table()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new WarehouseException(
                          exported.table() + " is a table of another version of this software"));
      try (Connection connection = building.file().connect();
          Statement statement = connection.createStatement()) {
        statement.execute(insert(table.contract(), exported));
      } catch (SQLException e) {
        throw new WarehouseException("cannot import " + table + ": " + TableExport.firstLine(e), e);
      }
      compare(exported, building, table);
    }
  }

  private static void compare(
      ExportedTable exported, DuckDbWarehouse building, WarehouseTable<?> table) {
    long rows =
        (Long) building.query("SELECT count(*) FROM " + TableSql.name(table.contract())).value();
    if (rows != exported.rows()) {
      throw new WarehouseException(
          "%s has %,d rows after the import, and %,d in the manifest"
              .formatted(table, rows, exported.rows()));
    }
    if (exported.checksum() != null) {
      BigInteger sum = building.checksum(table, ImmutableSet.of()).sum();
      if (!sum.equals(exported.checksum())) {
        throw new WarehouseException(
            "%s has the checksum %s after the import, and %s in the manifest"
                .formatted(table, sum, exported.checksum()));
      }
    }
  }

  private String insert(Contract contract, ExportedTable exported) {
    ImmutableList<Path> files =
        exported.files().stream()
            .map(file -> directory.resolve(file.path()))
            .collect(toImmutableList());
    return "INSERT INTO "
        + TableSql.name(contract)
        + " ("
        + list(contract.columns(), column -> quoted(column.getName()))
        + ") SELECT "
        + list(contract.columns(), manifest.format()::value)
        + " FROM "
        + manifest.format().read(contract.columns(), files);
  }
}
