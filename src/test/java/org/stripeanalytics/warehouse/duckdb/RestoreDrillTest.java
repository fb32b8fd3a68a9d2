package org.stripeanalytics.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.seeds.Holiday;
import org.stripeanalytics.warehouse.SeedFile;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;

/** The restore drill: destroy a warehouse, restore it, and compare every table. */
class RestoreDrillTest {
  @TempDir private Path folder;
  private Path file;
  private WarehouseBackup backup;
  private List<TableChecksum> before;

  @BeforeEach
  void backUp() {
    file = folder.resolve("stripe.duckdb");
    DuckDbWarehouse warehouse = Warehouses.created(file);
    Warehouses.publish(
        warehouse,
        "first",
        Tables.HOLIDAYS,
        SeedFile.of(Tables.HOLIDAYS).rows().toArray(Holiday[]::new));
    before = warehouse.checksums(Set.of());
    backup = WarehouseBackup.at(folder.resolve("backups/one.duckdb"));
    backup.make(warehouse);
  }

  @Test
  void aDestroyedWarehouseIsWhatItWas() throws IOException {
    Files.delete(file);

    backup.restore(file);

    DuckDbWarehouse restored = DuckDbWarehouse.openReadOnly(file);
    assertThat(restored.checksums(Set.of()), is(before));
    assertThat(
        "there is something to compare",
        before.stream().mapToLong(TableChecksum::rows).sum() > 0,
        is(true));
    try (Warehouse.Hold unused = restored.holdOpen()) {
      assertThat(Tables.all().stream().allMatch(t -> restored.differences(t).isEmpty()), is(true));
    }
  }

  @Test
  void whatWasPublishedSinceIsGone() {
    Warehouses.publish(
        Warehouses.at(file), "second", Tables.HOLIDAYS, SeedFile.of(Tables.HOLIDAYS).rows().get(0));

    backup.restore(file);

    assertThat(DuckDbWarehouse.openReadOnly(file).checksums(Set.of()), is(before));
  }

  @Test
  void aRestoredWarehouseTakesRuns() {
    backup.restore(file);

    Warehouses.publish(
        Warehouses.at(file), "third", Tables.HOLIDAYS, SeedFile.of(Tables.HOLIDAYS).rows().get(0));

    assertThat(
        DuckDbWarehouse.openReadOnly(file).query("SELECT count(*) FROM seeds.holidays").value(),
        is(1L));
  }

  @Test
  void aDamagedWarehouseIsReplaced() throws IOException {
    Files.writeString(file, "Dear reader,");

    backup.restore(file);

    assertThat(DuckDbWarehouse.openReadOnly(file).checksums(Set.of()), is(before));
  }

  @Test
  void aBackupThatHasChangedIsNotRestored() throws IOException {
    Path copy = folder.resolve("backups/one.duckdb");
    byte[] bytes = Files.readAllBytes(copy);
    bytes[bytes.length / 2] ^= 1;
    Files.write(copy, bytes);

    assertThat(
        assertThrows(WarehouseException.class, () -> backup.restore(file)).getMessage(),
        containsString("has changed since it was written"));
    assertThat(DuckDbWarehouse.openReadOnly(file).checksums(Set.of()), is(before));
  }

  @Test
  void aBackupIsNeverOverwritten() {
    assertThat(
        assertThrows(WarehouseException.class, () -> backup.make(Warehouses.at(file))).getMessage(),
        containsString("is there already"));
  }
}
