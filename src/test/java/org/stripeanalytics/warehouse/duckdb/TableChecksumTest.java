package org.stripeanalytics.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;
import static org.stripeanalytics.warehouse.ExampleRows.anInvoice;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.MetadataEntry;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.warehouse.TableChecksum;

class TableChecksumTest {
  private static final LocalDate DAY = LocalDate.of(2024, 1, 31);

  @TempDir private Path directory;
  private DuckDbWarehouse warehouse;

  @BeforeEach
  void createWarehouse() {
    warehouse = Warehouses.created(directory.resolve("stripe.duckdb"));
  }

  @Test
  void theOrderOfRowsAndTheRunDoNotMatter() {
    TableChecksum first = rates("run_1", aRate("usd", "1"), aRate("eur", "2"));
    TableChecksum second = rates("run_2", aRate("eur", "2"), aRate("usd", "1"));

    assertThat(second, equalTo(first));
    assertThat(first.rows(), is(2L));
  }

  @Test
  void aPairOfEqualRowsIsNotTheSameAsNone() {
    TableChecksum none = rates("run_1");
    TableChecksum pair = rates("run_1", aRate("usd", "1"), aRate("usd", "1"));
    TableChecksum otherPair = rates("run_1", aRate("eur", "1"), aRate("eur", "1"));

    assertThat(pair.sum(), not(none.sum()));
    assertThat(pair.sum(), not(otherPair.sum()));
  }

  @Test
  void nullAndEmptyTextDiffer() {
    assertThat(
        invoices(invoice().setNumber(null).build()).sum(),
        not(invoices(invoice().setNumber("").build()).sum()));
  }

  @Test
  void theOrderInsideAListMatters() {
    MetadataEntry a = MetadataEntry.builder().setKey("a").setValue("1").build();
    MetadataEntry b = MetadataEntry.builder().setKey("b").setValue("2").build();

    assertThat(
        invoices(invoice().setMetadata(List.of(a, b)).build()).sum(),
        not(invoices(invoice().setMetadata(List.of(b, a)).build()).sum()));
  }

  @Test
  void aChangeInsideANestedRowIsSeen() {
    assertThat(
        invoices(invoice().setMetadata(List.of()).build()).sum(),
        not(invoices(invoice().build()).sum()));
  }

  @Test
  void columnsThatAreLeftOutDoNotCount() {
    publish(Tables.INVOICES, invoice().setSource("synthetic").build());
    TableChecksum synthetic = checksum(Tables.INVOICES, Set.of("_source", "_payload"));
    publish(Tables.INVOICES, invoice().setSource("json").setPayload("{}").build());

    assertThat(checksum(Tables.INVOICES, Set.of("_source", "_payload")), equalTo(synthetic));
    assertThat(checksum(Tables.INVOICES, Set.of()).sum(), not(synthetic.sum()));
  }

  @Test
  void theOrderOfColumnsInTheFileDoesNotMatter() throws Exception {
    TableChecksum before = rates("run_1", aRate("usd", "1"), aRate("eur", "2"));

    try (Connection connection = warehouse.file().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TEMP TABLE old AS SELECT rate, _run_id, currency, _ingested_at FROM"
              + " seeds.fx_rates");
      statement.execute("DROP TABLE seeds.fx_rates");
      statement.execute("CREATE TABLE seeds.fx_rates AS SELECT * FROM old");
    }

    assertThat(checksum(Tables.FX_RATES, Set.of()), equalTo(before));
  }

  private static Invoice.Builder invoice() {
    return anInvoice("in_1", DAY, 2);
  }

  private TableChecksum rates(String runId, FxRate... rates) {
    Warehouses.publish(warehouse, runId, Tables.FX_RATES, rates);
    return checksum(Tables.FX_RATES, Set.of());
  }

  private TableChecksum invoices(Invoice... invoices) {
    publish(Tables.INVOICES, invoices);
    return checksum(Tables.INVOICES, Set.of());
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private <T> void publish(WarehouseTable<T> table, T... rows) {
    Warehouses.publish(warehouse, "run_1", table, rows);
  }

  private TableChecksum checksum(WarehouseTable<?> table, Set<String> leftOut) {
    return warehouse.checksum(table, leftOut);
  }
}
