package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.OwnedDays;
import org.stripeanalytics.warehouse.RowMeter;
import org.stripeanalytics.warehouse.StagedRows;
import org.stripeanalytics.warehouse.StagingBatch;

/**
 * Where one table's rows of one bundle go: a file that is made with the first of them, named at
 * random so that a retried bundle never meets the file of its first try. A row outside what the run
 * owns of the table is refused: a second run would not replace it.
 */
final class StagingFile<T> implements StagingBatch<T> {
  private final WarehouseTable<T> table;
  private final Path directory;
  private final NdjsonRows<T> format;
  private final OwnedDays<T> owned;
  private @Nullable NdjsonFile<T> file;

  private StagingFile(
      WarehouseTable<T> table, Path directory, NdjsonRows<T> format, OwnedDays<T> owned) {
    this.table = table;
    this.directory = directory;
    this.format = format;
    this.owned = owned;
  }

  static <T> StagingFile<T> of(
      WarehouseTable<T> table, Path directory, @Nullable DataInterval interval) {
    RowCodec<T> codec = RowCodec.of(table.rowClass());
    return new StagingFile<>(
        table, directory, NdjsonRows.of(codec), OwnedDays.of(table, codec, interval));
  }

  @Override
  public void write(T row) throws IOException {
    owned.check(row);
    if (file == null) {
      Path tableDirectory = Files.createDirectories(directory.resolve(table.name()));
      file =
          NdjsonFile.create(tableDirectory.resolve(UUID.randomUUID() + NdjsonFile.SUFFIX), format);
    }
    file.write(row);
    RowMeter.STAGED.add(1);
  }

  @Override
  public Optional<StagedRows> finish() throws IOException {
    if (file == null) {
      return Optional.empty();
    }
    StagedRows staged = StagedRows.of(table.name(), file.path().toString(), file.rows());
    close();
    return Optional.of(staged);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      NdjsonFile<T> open = file;
      file = null;
      open.close();
    }
  }
}
