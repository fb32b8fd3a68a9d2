package org.stripeanalytics.chaos;

import com.google.common.collect.ImmutableSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** What a warehouse file holds, to be compared: every row of every table but those about runs. */
record Tables(List<TableChecksum> checksums) {

  /** Nothing if there is no warehouse, or it cannot be read. */
  static Optional<Tables> of(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Tables(DuckDbWarehouse.openReadOnly(file).checksums(ImmutableSet.of())));
    } catch (WarehouseException e) {
      return Optional.empty();
    }
  }

  static Tables required(Path file) {
    return of(file)
        .orElseThrow(() -> new IllegalStateException(file + " should be a warehouse by now"));
  }
}
