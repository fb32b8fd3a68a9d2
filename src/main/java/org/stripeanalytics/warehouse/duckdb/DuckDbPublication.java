package org.stripeanalytics.warehouse.duckdb;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.Restating;
import org.stripeanalytics.warehouse.StagedPublication;
import org.stripeanalytics.warehouse.StagedRows;

/** Stages rows in files of a directory, which one transaction reads. */
class DuckDbPublication extends StagedPublication {
  DuckDbPublication(PublishTransaction transaction, Path stagingDirectory) {
    super(
        transaction.runId(),
        transaction.interval(),
        new StagingDirectory(stagingDirectory.toString(), transaction.interval()),
        new PublishFiles(transaction, stagingDirectory.toString()));
  }

  private record PublishFiles(PublishTransaction transaction, String stagingDirectory)
      implements Publisher {
    @Override
    public List<PublishedTable> publish(
        List<WarehouseTable<?>> tables, List<StagedRows> staged, @Nullable Restating restating)
        throws IOException {
      try {
        return transaction.publish(byTable(tables, staged), restating);
      } finally {
        removeStaged();
      }
    }

    private Map<WarehouseTable<?>, StagedFiles> byTable(
        List<WarehouseTable<?>> tables, List<StagedRows> staged) throws IOException {
      ListMultimap<String, String> locations = ArrayListMultimap.create();
      Map<String, Long> rows = new HashMap<>();
      for (StagedRows batch : staged) {
        locations.put(batch.getTable(), batch.getLocation());
        rows.merge(batch.getTable(), batch.getRows(), Long::sum);
      }
      Map<WarehouseTable<?>, StagedFiles> files = new LinkedHashMap<>();
      for (WarehouseTable<?> table : tables) {
        files.put(
            table,
            new StagedFiles(
                SmallFiles.join(locations.get(table.name()), Path.of(stagingDirectory)),
                rows.getOrDefault(table.name(), 0L)));
      }
      return files;
    }

    private void removeStaged() throws IOException {
      Path directory = Path.of(stagingDirectory);
      if (Files.exists(directory)) {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    }
  }
}
