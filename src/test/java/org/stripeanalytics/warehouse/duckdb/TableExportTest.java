package org.stripeanalytics.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;
import static org.stripeanalytics.warehouse.ExampleRows.anInvoice;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.MetadataEntry;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.duckdb.ExportManifest.ExportedFile;

class TableExportTest {
  private static final Clock CLOCK = Clock.fixed(Warehouses.NOON, ZoneOffset.UTC);
  private static final LocalDate DAY = LocalDate.of(2024, 1, 15);
  private static final ImmutableList<WarehouseTable<?>> TABLES =
      ImmutableList.of(Tables.INVOICES, Tables.FX_RATES, Tables.MRR_MONTHLY);

  @TempDir private static Path created;
  private static DuckDbWarehouse warehouse;
  @TempDir private Path folder;

  @BeforeAll
  static void createWarehouse() {
    warehouse = Warehouses.created(created.resolve("stripe.duckdb"));
    Warehouses.publish(
        warehouse,
        "run_1",
        Tables.INVOICES,
        anInvoice("in_1", DAY, 2).build(),
        anInvoice("in_2", DAY.plusDays(1), 0).setNumber(null).setParent(null).build(),
        anInvoice("in_3", DAY, 1)
            .setNumber("")
            .setCustomerName("\"Quoted\", with\r\na second line; and ünïcode 🎈")
            .setMetadata(List.of(MetadataEntry.builder().setKey("a\"b").setValue("{}\n,").build()))
            .build());
    Warehouses.publish(
        warehouse, "run_1", Tables.FX_RATES, aRate("usd", "1.000000001"), aRate("jpy", "0.0067"));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsImportedAgainHasTheSameChecksums(ExportFormat format) {
    ExportManifest written = export(TABLES, format);

    TableImport.read(folder.resolve("export"), folder.resolve("again.duckdb"), CLOCK);

    DuckDbWarehouse again = DuckDbWarehouse.openReadOnly(folder.resolve("again.duckdb"));
    assertThat(written.rows(), is(5L));
    for (WarehouseTable<?> table : TABLES) {
      assertThat(
          again.checksum(table, ImmutableSet.of()),
          is(warehouse.checksum(table, ImmutableSet.of())));
    }
    assertThat(again.reportingZone(), is(warehouse.reportingZone()));
  }

  @Test
  void aTableIsADirectoryOfPartitionsAsHiveNamesThem() {
    ExportManifest written = export(ImmutableList.of(Tables.INVOICES), ExportFormat.PARQUET);

    assertThat(written.tables().get(0).partition(), is("partition_month"));
    assertThat(
        written.files().stream().map(ExportedFile::path).toList(),
        is(List.of("raw/invoices/partition_month=2024-01-01/data_0.parquet")));
  }

  @Test
  void theManifestHasTablesInTheOrderAskedForWhicheverIsWrittenFirst() {
    ExportManifest written = export(TABLES.reverse(), ExportFormat.PARQUET);

    assertThat(
        written.tables().stream().map(ExportManifest.ExportedTable::table).toList(),
        is(List.of("marts.mrr_monthly", "seeds.fx_rates", "raw.invoices")));
  }

  @Test
  void readersSeeTheColumnsOfTheContractWithMoneyAsDecimals() throws SQLException {
    export(TABLES, ExportFormat.PARQUET);

    assertThat(
        columns("seeds/fx_rates/data_0.parquet"),
        hasItems("currency VARCHAR", "rate DECIMAL(38,9)"));
    // It has no rows; its columns can be read all the same.
    assertThat(
        columns("marts/mrr_monthly/data_0.parquet"),
        hasItems("month DATE", "mrr_end DECIMAL(38,9)"));
  }

  @Test
  void aFileThatHasChangedSinceIsNotImported() throws IOException {
    ExportManifest written = export(ImmutableList.of(Tables.FX_RATES), ExportFormat.CSV);
    Path file = folder.resolve("export").resolve(written.files().get(0).path());
    Files.writeString(file, Files.readString(file).replace("0.0067", "0.0068"));

    WarehouseException refused = refusedImport();

    assertThat(
        refused.getMessage(), containsString("data_0.csv has changed since it was exported"));
    assertThat(Files.exists(folder.resolve("again.duckdb")), is(false));
  }

  @Test
  void aFileThatIsMissingIsNamed() throws IOException {
    ExportManifest written = export(ImmutableList.of(Tables.FX_RATES), ExportFormat.CSV);
    Files.delete(folder.resolve("export").resolve(written.files().get(0).path()));

    assertThat(refusedImport().getMessage(), containsString("data_0.csv is missing"));
  }

  @Test
  void anExportThatWasNotFinishedHasNoManifest() throws IOException {
    Files.createDirectory(folder.resolve("export"));

    assertThat(refusedImport().getMessage(), containsString("has no manifest.json"));
  }

  @Test
  void whatAnEarlierVersionExportedOfStagingIsLeftOut() throws IOException {
    export(TABLES, ExportFormat.PARQUET);
    Path manifest = folder.resolve("export").resolve(ExportManifest.FILE);
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"seeds.fx_rates\"", "\"staging.stg_payouts\""));

    TableImport.read(folder.resolve("export"), folder.resolve("again.duckdb"), CLOCK);

    DuckDbWarehouse again = DuckDbWarehouse.openReadOnly(folder.resolve("again.duckdb"));
    assertThat(again.query("SELECT COUNT(*) FROM staging.stg_invoices").value(), is(3L));
  }

  @Test
  void rowsThatDifferFromTheManifestAreNotImported() throws IOException {
    export(ImmutableList.of(Tables.FX_RATES), ExportFormat.PARQUET);
    Path manifest = folder.resolve("export").resolve(ExportManifest.FILE);
    Files.writeString(
        manifest, Files.readString(manifest).replaceAll("\"checksum\" : \\d", "\"checksum\" : 9"));

    assertThat(refusedImport().getMessage(), containsString("seeds.fx_rates has the checksum"));
    assertThat(Files.exists(folder.resolve("again.duckdb")), is(false));
  }

  private ExportManifest export(ImmutableList<WarehouseTable<?>> tables, ExportFormat format) {
    try {
      Path directory = Files.createDirectory(folder.resolve("export"));
      return TableExport.write(
          warehouse.path(), tables, format, /* withChecksums= */ true, directory, CLOCK.instant());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private WarehouseException refusedImport() {
    return assertThrows(
        WarehouseException.class,
        () -> TableImport.read(folder.resolve("export"), folder.resolve("again.duckdb"), CLOCK));
  }

  /** As a DuckDB that knows nothing of the warehouse reads a file. */
  private List<String> columns(String file) throws SQLException {
    try (Connection other = DuckDbSql.connect(folder.resolve("other.duckdb"))) {
      String described =
          "DESCRIBE FROM read_parquet('" + folder.resolve("export").resolve(file) + "')";
      return DuckDbSql.query(other, described).rows().stream()
          .map(column -> column.get(0) + " " + column.get(1))
          .toList();
    }
  }
}
