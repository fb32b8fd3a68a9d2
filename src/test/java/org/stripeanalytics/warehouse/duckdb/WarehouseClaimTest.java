package org.stripeanalytics.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.warehouse.WarehouseInUseException;

/** Two processes at one warehouse, of which one is killed. */
class WarehouseClaimTest {
  @TempDir private Path directory;
  private Path file;
  private DuckDbWarehouse warehouse;
  private Process other;

  @BeforeEach
  void createWarehouse() {
    file = directory.resolve("stripe.duckdb");
    warehouse = Warehouses.created(file);
    Warehouses.publish(warehouse, "before", Tables.FX_RATES, aRate("usd", "1"));
  }

  @AfterEach
  void endOther() throws InterruptedException {
    if (other != null) {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void oneCommandChangesAWarehouseAtATimeAndTheNextClearsAwayWhatItLeftWhenItWasKilled()
      throws Exception {
    other = OtherProcess.changing(file);

    assertThat(
        assertThrows(WarehouseInUseException.class, () -> WarehouseClaim.of(file)).getMessage(),
        is(
            "%s is in use by process %d; wait for it to end, or give another file"
                .formatted(file, other.pid())));

    other.destroyForcibly().waitFor();
    assertThat(filesLeft(), hasItem("stripe.duckdb.staging-killed"));
    WarehouseClaim.of(file).close();
    assertThat(filesLeft(), contains("stripe.duckdb"));
  }

  @Test
  void whoeverReadsMeanwhileGetsACopyThatIsGoneAfterwards() throws Exception {
    other = OtherProcess.changing(file);

    DuckDbWarehouse reading = DuckDbWarehouse.openReadOnly(file);
    assertThat(reading.query("SELECT currency FROM seeds.fx_rates").value(), is("usd"));
    WarehouseBackup.at(directory.resolve("backups/one.duckdb")).make(reading);

    assertThat("the other still changes it", other.isAlive(), is(true));
    assertThat(
        filesLeft().stream().filter(name -> name.startsWith("stripe.duckdb.reading")).toList(),
        is(List.of()));
    assertThat(
        DuckDbWarehouse.openReadOnly(directory.resolve("backups/one.duckdb"))
            .query("SELECT currency FROM seeds.fx_rates")
            .value(),
        is("usd"));
  }

  @Test
  void aCommandWaitsForThoseThatReadTheFileItself() throws Exception {
    other = OtherProcess.reading(file);
    CompletableFuture<Void> claim =
        CompletableFuture.runAsync(() -> WarehouseClaim.of(file).close());
    assertThrows(TimeoutException.class, () -> claim.get(1, TimeUnit.SECONDS));

    other.destroyForcibly().waitFor();

    claim.get(1, TimeUnit.MINUTES);
    Warehouses.publish(warehouse, "after", Tables.FX_RATES, aRate("eur", "2"));
    assertThat(warehouse.query("SELECT currency FROM seeds.fx_rates").value(), is("eur"));
  }

  @Test
  void nothingIsRestoredWhileAnotherToolHasTheFileOpen() throws Exception {
    WarehouseBackup backup = WarehouseBackup.at(directory.resolve("backups/one.duckdb"));
    backup.make(warehouse);
    other = OtherProcess.holding(file);

    assertThat(
        assertThrows(WarehouseInUseException.class, () -> backup.restore(file)).getMessage(),
        startsWith(file + " is in use by another process"));
  }

  @Test
  void whatAKilledProcessHadCommittedIsNotPutIntoTheBackupThatReplacesIt() throws Exception {
    WarehouseBackup backup = WarehouseBackup.at(directory.resolve("backups/one.duckdb"));
    backup.make(warehouse);
    OtherProcess.commitAndDie(
        file, "INSERT INTO seeds.fx_rates VALUES ('sek', 1, TIMESTAMP '2024-01-01', 'died')");
    assertThat(Files.exists(Path.of(file + ".wal")), is(true));

    backup.restore(file);

    assertThat(
        DuckDbWarehouse.openReadOnly(file).query("SELECT count(*) FROM seeds.fx_rates").value(),
        is(1L));
    assertThat(Files.exists(Path.of(file + ".wal")), is(false));
  }

  private List<String> filesLeft() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(left -> left.getFileName().toString()).sorted().toList();
    }
  }
}
