package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.stripeanalytics.warehouse.RunClaim;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.WarehouseInUseException;

/**
 * The right to change a warehouse, which one command has at a time from its first look to its last
 * write: what it has read must not be replaced while it computes, nor what it has written. It ends
 * with the process at the latest. Whoever reads meanwhile gets a copy.
 */
public final class WarehouseClaim implements RunClaim {
  private static final Duration PATIENCE_WITH_READERS = Duration.ofSeconds(30);

  private final LockFile.Hold hold;

  private WarehouseClaim(LockFile.Hold hold) {
    this.hold = hold;
  }

  /**
   * Claims a warehouse, which need not be there yet, and removes what processes that were killed
   * have left beside it. Waits for those that read, and for no other command that changes it.
   *
   * @throws WarehouseException when another command changes the warehouse
   */
  public static WarehouseClaim of(Path warehouse) {
    DuckDbFile file = DuckDbFile.readWrite(warehouse);
    file.checkReachable();
    try {
      LockFile.Hold hold =
          Patience.within(PATIENCE_WITH_READERS, () -> tryHold(file))
              .orElseThrow(
                  () ->
                      new WarehouseInUseException(
                          file + " is being read by another process; wait for it to end"));
      Leftovers.beside(file.path()).remove();
      return new WarehouseClaim(hold);
    } catch (IOException | UncheckedIOException e) {
      throw new WarehouseException(
          file + " cannot be locked; give a path in a directory that can be written to", e);
    }
  }

  /** Nothing while it is only read. */
  private static Optional<LockFile.Hold> tryHold(DuckDbFile file) {
    Path path = file.path();
    try {
      Optional<LockFile.Hold> hold = LockFile.tryHold(path, LockFile.Part.RUN, /* shared= */ false);
      if (hold.isEmpty()) {
        Optional<String> holder = LockFile.holder(path);
        LockFile.tryHold(path, LockFile.Part.RUN, /* shared= */ true)
            .orElseThrow(() -> file.inUse(holder))
            .close();
      }
      return hold;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    hold.close();
  }
}
