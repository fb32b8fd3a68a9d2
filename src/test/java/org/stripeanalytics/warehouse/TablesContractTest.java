package org.stripeanalytics.warehouse;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stripeanalytics.warehouse.ExampleRows.aMovement;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;
import static org.stripeanalytics.warehouse.ExampleRows.anInvoice;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.ops.RunLogEntry;
import org.stripeanalytics.model.raw.Invoice;

/** How tables are made, grow, are described, compared and appended to, in every warehouse. */
public abstract class TablesContractTest extends WarehouseContract {
  protected TablesContractTest(TestedWarehouse tested) {
    super(tested);
  }

  @Test
  void creatingTablesAgainLeavesThemAlone() {
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"));

    warehouse().createTables();

    assertThat(lines("SELECT currency FROM seeds.fx_rates"), containsInAnyOrder("usd"));
  }

  @Test
  void aTableOfAnEarlierVersionGainsTheColumnsThatItLacks(TestPipeline pipeline) {
    Invoice invoice = anInvoice("in_1", LocalDate.of(2024, 1, 31), 2).build();
    publish(JANUARY, Tables.INVOICES, invoice);
    tested()
        .makeEarlier(
            Tables.INVOICES,
            with(
                Tables.INVOICES.contract().columns(),
                column ->
                    switch (column.getName()) {
                      case "number", "discounts" -> null;
                      case "customer" -> column.clone().setMode("REQUIRED");
                      case "lines" ->
                          column
                              .clone()
                              .setFields(
                                  with(
                                      column.getFields(),
                                      line ->
                                          Set.of("description", "discount_amounts")
                                                  .contains(line.getName())
                                              ? null
                                              : line));
                      default -> column;
                    }));

    warehouse().createTables();

    assertThat(warehouse().differences(Tables.INVOICES), is(empty()));
    PAssert.that(pipeline.apply("Read", warehouse().read(TableRead.of(Tables.INVOICES))))
        .containsInAnyOrder(
            invoice.toBuilder()
                .setNumber(null)
                .setDiscounts(List.of())
                .setLines(
                    invoice.getLines().stream()
                        .map(line -> line.toBuilder().setDescription(null))
                        .map(line -> line.setDiscountAmounts(List.of()).build())
                        .toList())
                .build());
    pipeline.run();
  }

  @Test
  void aTableWhoseRowsNoLongerFitIsRefusedAndLeftAsItIs() {
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"));
    tested()
        .makeEarlier(
            Tables.FX_RATES,
            with(
                Tables.FX_RATES.contract().columns(),
                column ->
                    column.getName().equals("rate") ? column.clone().setType("STRING") : column));

    WarehouseException refusal =
        assertThrows(WarehouseException.class, () -> warehouse().createTables());

    assertThat(
        refusal.getMessage(), containsString("seeds.fx_rates.rate was STRING and is NUMERIC"));
    assertThat(lines("SELECT currency FROM seeds.fx_rates"), contains("usd"));
  }

  @Test
  void descriptionsOfTablesAndColumnsReachTheWarehouse() {
    for (WarehouseTable<?> table : Tables.all()) {
      Map<String, String> expected =
          table.contract().columns().stream()
              .collect(toMap(TableFieldSchema::getName, TableFieldSchema::getDescription));
      expected.put(table.name(), table.contract().description());
      assertThat(tested().descriptions(table), equalTo(expected));
    }
  }

  @Test
  void theSameRowsOfTwoRunsHaveTheSameChecksumAndOthersAnother() {
    MrrMovement one = aMovement("cus_1", "2024-01-30", 1);
    MrrMovement two = aMovement("cus_2", "2024-01-31", 2);

    String first = checksumOfPublished(one, two);

    assertThat(checksumOfPublished(two, one), is(first));
    assertThat(checksumOfPublished(one), is(not(first)));
    assertThat(checksumOfPublished(), is("0"));
  }

  @Test
  void aQueryDoesNotWrite() {
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"));

    assertThrows(RuntimeException.class, () -> warehouse().query("DELETE FROM seeds.fx_rates"));

    assertThat(lines("SELECT currency FROM seeds.fx_rates"), containsInAnyOrder("usd"));
  }

  @Test
  void aRowIsAppendedOnceAsItsLastTryHasIt() {
    RunLogEntry entry = aLogEntry("facts.fct_payments", "it's \"here\" \\n or\nthere: 鈴木");

    warehouse()
        .append(
            Tables.RUN_LOG,
            List.of(
                aLogEntry("facts.fct_payments", "first try"), aLogEntry("raw.refunds", "other")),
            "run_1",
            INGESTED_AT);
    warehouse().append(Tables.RUN_LOG, List.of(entry), "run_1", INGESTED_AT);
    warehouse()
        .append(Tables.RUN_LOG, List.of(aLogEntry("raw.charges", "first")), "run_2", INGESTED_AT);

    assertThat(
        warehouse().list(TableRead.of(Tables.RUN_LOG)),
        containsInAnyOrder(
            entry, aLogEntry("raw.refunds", "other"), aLogEntry("raw.charges", "first")));
    assertThat(
        lines("SELECT table_name, _run_id FROM ops.run_log"),
        containsInAnyOrder("facts.fct_payments run_1", "raw.refunds run_1", "raw.charges run_2"));
  }

  private static RunLogEntry aLogEntry(String table, String message) {
    return RunLogEntry.builder()
        .setPipeline("transform")
        .setTableName(table)
        .setOutcome("succeeded")
        .setIntervalFrom(JANUARY.from())
        .setAsOf(JANUARY.to())
        .setOptions("{}")
        .setCodeVersion("1")
        .setRunner("DirectRunner")
        .setStartedAt(INGESTED_AT)
        .setFinishedAt(INGESTED_AT.plusMillis(1500))
        .setSeconds(new BigDecimal("1.500000000"))
        .setRowsIn(3)
        .setRowsLoaded(2)
        .setRowsSuperseded(1)
        .setRowsRejected(0)
        .setBytesLoaded(Long.MAX_VALUE)
        .setMessage(message)
        .build();
  }

  private String checksumOfPublished(MrrMovement... movements) {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, movements);
    return warehouse().checksum(Tables.FCT_MRR_MOVEMENTS, lastRun(), JANUARY);
  }

  private static List<TableFieldSchema> with(
      List<TableFieldSchema> columns, UnaryOperator<TableFieldSchema> change) {
    // A list that can be cloned, as Google's model classes want it.
    return columns.stream()
        .map(change)
        .filter(Objects::nonNull)
        .collect(toCollection(ArrayList::new));
  }
}
