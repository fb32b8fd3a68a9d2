package org.stripeanalytics.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyIterable;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.warehouse.WarehouseException;

/** Opening, refusing and replacing the file, also when processes die. */
class WarehouseFileTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("stripe.duckdb");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndLeftAlone() throws IOException {
    Files.writeString(file, "a letter");

    assertThat(
        refusal(() -> Warehouses.at(file)),
        is(file + " is not a DuckDB file; give the path of a warehouse, or of a new file"));
    assertThat(Files.readString(file), is("a letter"));
  }

  @Test
  void aDatabaseOfSomebodyElseIsRefused() throws SQLException {
    execute("CREATE TABLE diary (entry VARCHAR)");

    assertThat(
        refusal(() -> Warehouses.at(file)),
        containsString("is a DuckDB file with other tables (main.diary)"));
  }

  @Test
  void aWarehouseWithATableOfSomebodyElseIsRefused() throws SQLException {
    Warehouses.created(file);
    execute("CREATE TABLE diary (entry VARCHAR)");

    assertThat(refusal(() -> Warehouses.at(file)), containsString("(main.diary)"));
  }

  @Test
  void aDirectoryIsRefused() {
    assertThat(
        refusal(() -> Warehouses.at(directory)), containsString("is a directory; give the path"));
  }

  @Test
  void aDirectoryThatCannotBeWrittenToIsRefused() throws IOException {
    Path noDirectory = Files.createFile(directory.resolve("notes.txt"));

    assertThat(
        refusal(() -> Warehouses.at(noDirectory.resolve("stripe.duckdb"))),
        is(noDirectory + " cannot be written to; give a path in a directory that can"));
  }

  @Test
  void aMissingWarehouseCannotBeLookedInto() {
    assertThat(
        refusal(() -> DuckDbWarehouse.openReadOnly(file)), containsString("there is no warehouse"));
  }

  @Test
  void openingANewWarehouseLeavesNoTrace() {
    Warehouses.at(file);

    assertThat(filesLeft(), is(emptyIterable()));
  }

  @Test
  void aFileThatAnotherProcessWritesToIsRefusedWithItsNumber() throws Exception {
    Warehouses.created(file);
    Process holder = OtherProcess.holding(file);
    try {
      assertThat(
          refusal(() -> Warehouses.at(file)),
          is(
              file
                  + " is in use by process "
                  + holder.pid()
                  + "; wait for it to end, or give another file"));
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  @Test
  void theReportingZoneIsFixedAtCreation() {
    Warehouses.at(file, "America/Los_Angeles").createTables();

    assertThat(
        DuckDbWarehouse.openReadOnly(file).reportingZone(), is(ZoneId.of("America/Los_Angeles")));
    assertThat(
        refusal(() -> Warehouses.at(file, "UTC")),
        containsString("was created for the reporting zone America/Los_Angeles, not UTC"));
  }

  @Test
  void aZoneIsTheSameUnderEveryNameOfUtc() throws SQLException {
    Warehouses.at(file, "Z").createTables();

    assertThat(Warehouses.at(file, "UTC").reportingZone(), is(ZoneId.of("UTC")));
    assertThat(Warehouses.at(file, "Etc/UTC").reportingZone(), is(ZoneId.of("UTC")));

    execute("UPDATE ops.warehouse_settings SET value = 'Z'");
    assertThat(Warehouses.at(file, "UTC").reportingZone(), is(ZoneId.of("UTC")));
  }

  @Test
  void aFileWithTheNameOfALayerIsRefusedBecauseDuckDbWouldMistakeOneForTheOther() {
    Path raw = directory.resolve("raw.duckdb");

    assertThat(
        refusal(() -> Warehouses.at(raw)),
        is(raw + " has the name of a layer, raw; give the file another name"));
  }

  @Test
  void aReplacementIsSeenOnlyOnceItIsCommitted() {
    DuckDbWarehouse warehouse = Warehouses.created(file);
    Warehouses.publish(warehouse, "old", Tables.FX_RATES, aRate("usd", "1"));

    try (WarehouseReplacement replacement = warehouse.replacement()) {
      replacement.building().createTables();
      Warehouses.publish(replacement.building(), "new", Tables.FX_RATES, aRate("eur", "2"));
      assertThat(currency(warehouse), is("usd"));
      replacement.commit(() -> {});
    }

    assertThat(currency(warehouse), is("eur"));
    assertThat(filesLeft(), contains("stripe.duckdb"));
  }

  @Test
  void aReplacementThatIsNotCommittedLeavesTheOldContents() {
    DuckDbWarehouse warehouse = Warehouses.created(file);
    Warehouses.publish(warehouse, "old", Tables.FX_RATES, aRate("usd", "1"));

    try (WarehouseReplacement replacement = warehouse.replacement()) {
      replacement.building().createTables();
    }

    assertThat(currency(warehouse), is("usd"));
    assertThat(filesLeft(), contains("stripe.duckdb"));
  }

  @Test
  void aReplacementWhoseProcessDiedIsClearedAwayByTheNext() throws Exception {
    DuckDbWarehouse warehouse = Warehouses.created(file);
    Warehouses.publish(warehouse, "old", Tables.FX_RATES, aRate("usd", "1"));

    OtherProcess.replaceAndDie(file);
    assertThat(currency(DuckDbWarehouse.openReadOnly(file)), is("usd"));

    try (WarehouseReplacement replacement = warehouse.replacement()) {
      replacement.building().createTables();
      replacement.commit(() -> {});
    }
    assertThat(filesLeft(), contains("stripe.duckdb"));
  }

  @Test
  void whatAProcessCommittedBeforeItDiedIsNotMistakenForTheNewFiles() throws Exception {
    DuckDbWarehouse warehouse = Warehouses.created(file);
    OtherProcess.commitAndDie(
        file, "INSERT INTO seeds.fx_rates VALUES ('sek', 1, TIMESTAMP '2024-01-01', 'died')");
    assertThat(Files.exists(Path.of(file + ".wal")), is(true));
    assertThat(currency(DuckDbWarehouse.openReadOnly(file)), is("sek"));

    try (WarehouseReplacement replacement = warehouse.replacement()) {
      replacement.building().createTables();
      Warehouses.publish(replacement.building(), "new", Tables.FX_RATES, aRate("eur", "2"));
      replacement.commit(() -> {});
    }

    assertThat(currency(warehouse), is("eur"));
    assertThat(filesLeft(), contains("stripe.duckdb"));
  }

  @Test
  void nothingStagedIsLeftBehind() {
    DuckDbWarehouse warehouse = Warehouses.created(file);
    Warehouses.publish(warehouse, "run_1", Tables.FX_RATES, aRate("usd", "1"));
    assertThrows(
        RuntimeException.class,
        () ->
            Warehouses.publish(warehouse, "run_2", Tables.FX_RATES, aRate("usd", "0.0000000001")));

    WarehouseClaim.of(file).close();

    assertThat(filesLeft(), contains("stripe.duckdb"));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DuckDbFile.readWrite(file).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Iterable<String> filesLeft() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(left -> left.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object currency(DuckDbWarehouse warehouse) {
    return warehouse.query("SELECT currency FROM seeds.fx_rates").value();
  }

  private static String refusal(Executable open) {
    return assertThrows(WarehouseException.class, open).getMessage();
  }
}
