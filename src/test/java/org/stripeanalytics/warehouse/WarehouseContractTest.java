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
import static org.stripeanalytics.warehouse.ExampleRows.aSpell;
import static org.stripeanalytics.warehouse.ExampleRows.anInvoice;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.ops.RunLogEntry;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.schema.RowCoder;

/** What every warehouse promises, whatever is behind the port. */
@ExtendWith(TestPipelineExtension.class)
public abstract class WarehouseContractTest {
  private static final Instant INGESTED_AT = Instant.parse("2024-06-01T12:00:00.654321Z");
  private static final DataInterval JANUARY = month("2024-01-01");
  private static final DataInterval FEBRUARY = month("2024-02-01");

  private Warehouse warehouse;
  private int runs;

  /** An empty warehouse, without tables. */
  protected abstract Warehouse newWarehouse();

  /** A publication whose transaction fails at {@code table}, after the tables loaded before it. */
  protected abstract Publication failingAt(
      WarehouseTable<?> table, String runId, DataInterval interval, Instant ingestedAt);

  /**
   * Gives a table these columns instead, as an earlier version would have made it, and its rows.
   */
  protected abstract void makeEarlier(WarehouseTable<?> table, List<TableFieldSchema> columns);

  /** The descriptions that the warehouse shows its users; the table's own under its name. */
  protected abstract Map<String, String> descriptions(WarehouseTable<?> table);

  /** Whether a read of the newest rows gives no others. */
  protected boolean leavesOutOlder() {
    return false;
  }

  /** Whether it knows, while a graph is built, what it holds. */
  protected boolean looksAtWhatItHolds() {
    return false;
  }

  /** Tells a pipeline where the warehouse is. */
  protected void configure(PipelineOptions options) {}

  /** The warehouse of this test. */
  protected final Warehouse warehouse() {
    return warehouse;
  }

  @BeforeEach
  final void createTables(TestPipeline pipeline) {
    warehouse = newWarehouse();
    warehouse.createTables();
    configure(pipeline.getOptions());
  }

  @Test
  void publishingTwiceGivesTheSameTableAsPublishingOnce() {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 24_000));
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 24_000));

    assertThat(movements(), containsInAnyOrder("cus_1 2024-01-31 24000"));
  }

  @Test
  void monthsMayComeInAnyOrder() {
    publish(FEBRUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-02-01", 2));
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 1));

    assertThat(movements(), containsInAnyOrder("cus_1 2024-01-31 1", "cus_1 2024-02-01 2"));
  }

  @Test
  void anEmptyIntervalEmptiesItselfAndNothingElse() {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 1));
    publish(FEBRUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-02-01", 2));

    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS);

    assertThat(movements(), containsInAnyOrder("cus_1 2024-02-01 2"));
  }

  @Test
  void aMonthIsReplacedWholeUpToTheEndOfTheInterval() {
    publish(
        JANUARY,
        Tables.FCT_MRR_MOVEMENTS,
        aMovement("cus_1", "2024-01-02", 1),
        aMovement("cus_2", "2024-01-30", 2));

    publish(
        DataInterval.of(LocalDate.of(2024, 1, 10), LocalDate.of(2024, 1, 20)),
        Tables.FCT_MRR_MOVEMENTS,
        aMovement("cus_3", "2024-01-03", 3));

    assertThat(movements(), containsInAnyOrder("cus_3 2024-01-03 3", "cus_2 2024-01-30 2"));
  }

  @Test
  void aRowOutsideWhatTheRunOwnsFailsTheRun() {
    MrrMovement february = aMovement("cus_1", "2024-02-01", 1);

    assertThrows(
        Pipeline.PipelineExecutionException.class,
        () -> publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, february));

    assertThat(movements(), is(empty()));
  }

  @Test
  void upsertKeepsTheRowThatWasComputedAsOfTheLaterDay() {
    publish(
        JANUARY,
        Tables.SUBSCRIPTION_SPELLS,
        aSpell("sub_newer_stays", 1, "2024-03-01"),
        aSpell("sub_older_goes", 1, "2024-01-01"),
        aSpell("sub_same_day_goes", 1, "2024-02-01"),
        aSpell("sub_untouched", 1, "2024-01-01"));

    publish(
        FEBRUARY,
        Tables.SUBSCRIPTION_SPELLS,
        aSpell("sub_newer_stays", 2, "2024-02-01"),
        aSpell("sub_older_goes", 2, "2024-02-01"),
        aSpell("sub_same_day_goes", 2, "2024-02-01"),
        aSpell("sub_added", 2, "2024-02-01"));

    assertThat(
        lines("SELECT subscription_id, arr_minor FROM intermediate.subscription_spells"),
        containsInAnyOrder(
            "sub_newer_stays 1",
            "sub_older_goes 2",
            "sub_same_day_goes 2",
            "sub_untouched 1",
            "sub_added 2"));
  }

  @Test
  void aRerunForgetsTheKeysOfItsIntervalThatNoLongerComeAbout() {
    publish(
        JANUARY,
        Tables.SUBSCRIPTION_SPELLS,
        aSpell("sub_earlier_stays", 1, "2023-12-31"),
        aSpell("sub_vanished_goes", 1, "2024-01-01"),
        aSpell("sub_told_as_of_before_again", 1, "2024-01-31"),
        aSpell("sub_known_later_stays", 1, "2024-02-01"));

    publish(
        JANUARY,
        Tables.SUBSCRIPTION_SPELLS,
        aSpell("sub_told_as_of_before_again", 2, "2023-12-01"),
        aSpell("sub_known_later_stays", 2, "2024-01-15"));

    assertThat(
        lines("SELECT subscription_id, arr_minor FROM intermediate.subscription_spells"),
        containsInAnyOrder(
            "sub_earlier_stays 1", "sub_told_as_of_before_again 2", "sub_known_later_stays 1"));
  }

  @Test
  void aRerunThatFindsNothingForgetsTheLatestRowsOfItsMonthsUpToItsEnd() {
    publish(
        JANUARY,
        Tables.SUBSCRIPTION_SPELLS,
        aSpell("sub_early", 1, "2024-01-02"),
        aSpell("sub_late", 1, "2024-01-20"));

    publish(
        DataInterval.of(LocalDate.of(2024, 1, 10), LocalDate.of(2024, 1, 20)),
        Tables.SUBSCRIPTION_SPELLS);

    assertThat(
        lines("SELECT subscription_id FROM intermediate.subscription_spells"),
        containsInAnyOrder("sub_late"));
  }

  @Test
  void aWholeTableForgetsWhatIsNotLoadedAgain() {
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"), aRate("eur", "1.08"));
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"));

    assertThat(lines("SELECT currency FROM seeds.fx_rates"), containsInAnyOrder("usd"));
  }

  @Test
  void aFailureWhilePublishingLeavesEverythingAsItWasAndARerunRepairs() {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 1));
    Pipeline failing = newPipeline();
    Publication publication = failingAt(Tables.FX_RATES, "run_fails", JANUARY, INGESTED_AT);
    load(failing, publication, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 2));
    load(failing, publication, Tables.FX_RATES, aRate("usd", "1"));
    failing.apply("Publish", publication);

    assertThrows(Pipeline.PipelineExecutionException.class, failing::run);
    assertThat(movements(), containsInAnyOrder("cus_1 2024-01-31 1"));

    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 2));
    assertThat(movements(), containsInAnyOrder("cus_1 2024-01-31 2"));
  }

  @Test
  void aPublicationNamesItsTablesAndTheRowsInserted(TestPipeline pipeline) {
    Publication publication = warehouse.publication("run_1", JANUARY, INGESTED_AT);
    load(pipeline, publication, Tables.FX_RATES, aRate("usd", "1"), aRate("eur", "1.08"));
    load(pipeline, publication, Tables.FCT_MRR_MOVEMENTS);

    PAssert.that(pipeline.apply("Publish", publication).apply(forgetBytes()))
        .containsInAnyOrder(
            PublishedTable.of("seeds.fx_rates", 2),
            PublishedTable.of("facts.fct_mrr_movements", 0));
    pipeline.run();
  }

  @Test
  void aTableIsLoadedOncePerPublication() {
    Pipeline pipeline = newPipeline();
    Publication publication = warehouse.publication("run_1", JANUARY, INGESTED_AT);
    load(pipeline, publication, Tables.FX_RATES, aRate("usd", "1"));

    PCollection<?> second = pipeline.apply("More", Create.of(1));
    assertThrows(
        IllegalStateException.class,
        () -> load(second.getPipeline(), publication, Tables.FX_RATES, aRate("eur", "1.08")));
  }

  @Test
  void publishedRowsCarryTheRunAndItsTime() {
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"));

    assertThat(
        warehouse.query("SELECT _run_id, _ingested_at FROM seeds.fx_rates").rows(),
        equalTo(List.of(List.of("run_1", INGESTED_AT))));
  }

  @Test
  void nestedRowsMicrosecondsUnicodeAndNullAgainstEmptySurvive(TestPipeline pipeline) {
    Invoice full =
        anInvoice("in_1", LocalDate.of(2024, 1, 31), 2)
            .setCustomerName("Žofie \"鈴木\" \n\\ 😀")
            .setNumber("")
            .setDiscounts(List.of("di_1", "", "di_2"))
            .build();
    Invoice sparse =
        anInvoice("in_2", LocalDate.of(2024, 1, 31), 0)
            .setNumber(null)
            .setParent(null)
            .setEndingBalance(null)
            .setAutoAdvance(null)
            .setMetadata(List.of())
            .build();
    publish(JANUARY, Tables.INVOICES, full, sparse);

    PAssert.that(pipeline.apply("Read", warehouse.read(TableRead.of(Tables.INVOICES))))
        .containsInAnyOrder(full, sparse);
    pipeline.run();
  }

  @Test
  void numericKeepsNinePlacesAndTwentyNineDigits(TestPipeline pipeline) {
    publish(
        JANUARY,
        Tables.FX_RATES,
        aRate("small", "0.000000001"),
        aRate("large", "-12345678901234567890123456789.123456789"));

    PAssert.that(pipeline.apply("Read", warehouse.read(TableRead.of(Tables.FX_RATES))))
        .containsInAnyOrder(
            aRate("small", "0.000000001"),
            aRate("large", "-12345678901234567890123456789.123456789"));
    pipeline.run();
  }

  @Test
  void aTenthDecimalPlaceFailsTheRunInsteadOfBeingRounded() {
    assertThrows(
        Pipeline.PipelineExecutionException.class,
        () -> publish(JANUARY, Tables.FX_RATES, aRate("usd", "0.0000000001")));
  }

  @Test
  void aReadOfAnIntervalGivesOnlyItsRows(TestPipeline pipeline) {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 1));
    publish(
        FEBRUARY,
        Tables.FCT_MRR_MOVEMENTS,
        aMovement("cus_1", "2024-02-01", 2),
        aMovement("cus_1", "2024-02-29", 3));

    PAssert.that(
            pipeline.apply(
                "Read",
                warehouse.read(
                    TableRead.of(Tables.FCT_MRR_MOVEMENTS)
                        .during(
                            DataInterval.of(LocalDate.of(2024, 2, 1), LocalDate.of(2024, 2, 29))))))
        .containsInAnyOrder(aMovement("cus_1", "2024-02-01", 2));
    pipeline.run();
  }

  @Test
  void aReadOfDaysOfAnyColumnGivesThoseWithinOutsideOrBefore(TestPipeline pipeline) {
    DataInterval both = DataInterval.of(JANUARY.from(), FEBRUARY.to());
    MrrMovement before = aMovement("cus_1", "2024-01-31", 1);
    MrrMovement first = aMovement("cus_1", "2024-02-01", 2);
    MrrMovement after = aMovement("cus_1", "2024-02-29", 3);
    publish(both, Tables.FCT_MRR_MOVEMENTS, before, first, after);
    TableRead<MrrMovement> movements = TableRead.of(Tables.FCT_MRR_MOVEMENTS);
    DataInterval days = DataInterval.of(LocalDate.of(2024, 2, 1), LocalDate.of(2024, 2, 29));

    PAssert.that(pipeline.apply("Within", warehouse.read(movements.within("day", days))))
        .containsInAnyOrder(first);
    PAssert.that(pipeline.apply("Outside", warehouse.read(movements.outside("day", days))))
        .containsInAnyOrder(before, after);
    PAssert.that(
            pipeline.apply("Both", warehouse.read(movements.during(FEBRUARY).outside("day", days))))
        .containsInAnyOrder(after);
    PAssert.that(pipeline.apply("Before", warehouse.read(movements.before("day", days.from()))))
        .containsInAnyOrder(before);
    pipeline.run();
  }

  @Test
  void aReadThatWouldGiveRowsIsNeverSaidToGiveNone() {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 1));
    TableRead<MrrMovement> movements = TableRead.of(Tables.FCT_MRR_MOVEMENTS);

    assertThat(warehouse.mayHold(movements), is(true));
    assertThat(warehouse.mayHold(movements.during(JANUARY)), is(true));
    assertThat(warehouse.mayHold(movements.during(FEBRUARY)), is(!looksAtWhatItHolds()));
    assertThat(warehouse.mayHold(movements.outside("day", JANUARY)), is(!looksAtWhatItHolds()));
    assertThat(warehouse.mayHold(TableRead.of(Tables.FCT_PAYMENTS)), is(!looksAtWhatItHolds()));
  }

  @Test
  void aReadOfTheNewestRowsOfAnIntervalGivesAllOfThem(TestPipeline pipeline) {
    DataInterval both = DataInterval.of(JANUARY.from(), FEBRUARY.to());
    MrrMovement older = aMovement("cus_1", "2024-01-31", 1);
    MrrMovement only = aMovement("cus_2", "2024-01-31", 2);
    MrrMovement newest = aMovement("cus_1", "2024-02-01", 3);
    MrrMovement afterwards = aMovement("cus_1", "2024-02-29", 4);
    publish(both, Tables.FCT_MRR_MOVEMENTS, older, only, newest, afterwards);

    PCollection<MrrMovement> read =
        pipeline.apply(
            "Read",
            warehouse.read(
                TableRead.of(Tables.FCT_MRR_MOVEMENTS)
                    .during(DataInterval.of(JANUARY.from(), LocalDate.of(2024, 2, 29)))
                    .newestOf("customer_id")));

    PAssert.that(read)
        .containsInAnyOrder(
            leavesOutOlder() ? List.of(only, newest) : List.of(older, only, newest));
    pipeline.run();
  }

  @Test
  void aProjectionReadsOnlyItsColumnsAtEveryDepth(TestPipeline pipeline) {
    publish(JANUARY, Tables.INVOICES, anInvoice("in_1", LocalDate.of(2024, 1, 31), 1).build());

    PAssert.that(
            pipeline.apply(
                "Read", warehouse.read(TableRead.of(Tables.INVOICES).as(InvoiceExcerpt.class))))
        .containsInAnyOrder(excerptOf("in_1", 1));
    pipeline.run();
  }

  private static InvoiceExcerpt excerptOf(String id, int lines) {
    LineExcerpt line =
        new AutoValue_WarehouseContractTest_LineExcerpt.Builder()
            .setAmount(2000)
            .setPricing(
                new AutoValue_WarehouseContractTest_PricingExcerpt.Builder()
                    .setProduct("prod_Starter")
                    .build())
            .build();
    return new AutoValue_WarehouseContractTest_InvoiceExcerpt.Builder()
        .setId(id)
        .setSnapshotDate(LocalDate.of(2024, 1, 31))
        .setLines(Collections.nCopies(lines, line))
        .build();
  }

  @Test
  void severalTablesAreReadTogetherAndRowsMayBeLeftOut(TestPipeline pipeline) {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 1));
    publish(FEBRUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-02-01", 2));
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"), aRate("eur", "1.08"));

    PAssert.that(
            pipeline.apply(
                "ReadAll",
                warehouse.readAll(
                    ImmutableList.of(
                        new MappedRead<>(
                            TableRead.of(Tables.FCT_MRR_MOVEMENTS).during(FEBRUARY),
                            movement -> Optional.of("movement of " + movement.getDay())),
                        new MappedRead<>(
                            TableRead.of(Tables.FX_RATES),
                            rate ->
                                Optional.of(rate.getCurrency())
                                    .filter(currency -> !currency.equals("eur"))),
                        new MappedRead<>(
                            TableRead.of(Tables.INVOICES),
                            invoice -> Optional.of(invoice.getId()))),
                    StringUtf8Coder.of())))
        .containsInAnyOrder("movement of 2024-02-01", "usd");
    pipeline.run();
  }

  @Test
  void aListHasTheRowsThatAReadGives() {
    Invoice full = anInvoice("in_1", LocalDate.of(2024, 1, 31), 2).setNumber("").build();
    Invoice sparse = anInvoice("in_2", LocalDate.of(2024, 1, 31), 0).setParent(null).build();
    Invoice later = anInvoice("in_3", LocalDate.of(2024, 2, 1), 0).build();
    publish(DataInterval.of(JANUARY.from(), FEBRUARY.to()), Tables.INVOICES, full, sparse, later);

    assertThat(
        warehouse.list(TableRead.of(Tables.INVOICES).during(JANUARY)),
        containsInAnyOrder(full, sparse));
    assertThat(
        warehouse.list(TableRead.of(Tables.INVOICES).during(JANUARY).as(InvoiceExcerpt.class)),
        containsInAnyOrder(excerptOf("in_1", 2), excerptOf("in_2", 0)));
  }

  @Test
  void aRowIsAppendedOnceAsItsLastTryHasIt() {
    RunLogEntry entry = aLogEntry("facts.fct_payments", "it's \"here\" \\n or\nthere: 鈴木");

    warehouse.append(
        Tables.RUN_LOG,
        List.of(aLogEntry("facts.fct_payments", "first try"), aLogEntry("raw.refunds", "other")),
        "run_1",
        INGESTED_AT);
    warehouse.append(Tables.RUN_LOG, List.of(entry), "run_1", INGESTED_AT);
    warehouse.append(
        Tables.RUN_LOG, List.of(aLogEntry("raw.charges", "first")), "run_2", INGESTED_AT);

    assertThat(
        warehouse.list(TableRead.of(Tables.RUN_LOG)),
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

  @Test
  void anEmptyTableReadsAsNothing(TestPipeline pipeline) {
    PAssert.that(pipeline.apply("Read", warehouse.read(TableRead.of(Tables.INVOICES)))).empty();
    pipeline.run();
  }

  @Test
  void creatingTablesAgainLeavesThemAlone() {
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"));

    warehouse.createTables();

    assertThat(lines("SELECT currency FROM seeds.fx_rates"), containsInAnyOrder("usd"));
  }

  @Test
  void aTableOfAnEarlierVersionGainsTheColumnsThatItLacks(TestPipeline pipeline) {
    Invoice invoice = anInvoice("in_1", LocalDate.of(2024, 1, 31), 2).build();
    publish(JANUARY, Tables.INVOICES, invoice);
    makeEarlier(
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

    warehouse.createTables();

    assertThat(warehouse.differences(Tables.INVOICES), is(empty()));
    PAssert.that(pipeline.apply("Read", warehouse.read(TableRead.of(Tables.INVOICES))))
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
    makeEarlier(
        Tables.FX_RATES,
        with(
            Tables.FX_RATES.contract().columns(),
            column -> column.getName().equals("rate") ? column.clone().setType("STRING") : column));

    WarehouseException refusal =
        assertThrows(WarehouseException.class, () -> warehouse.createTables());

    assertThat(
        refusal.getMessage(), containsString("seeds.fx_rates.rate was STRING and is NUMERIC"));
    assertThat(lines("SELECT currency FROM seeds.fx_rates"), contains("usd"));
  }

  private static List<TableFieldSchema> with(
      List<TableFieldSchema> columns, UnaryOperator<TableFieldSchema> change) {
    // A list that can be cloned, as Google's model classes want it.
    return columns.stream()
        .map(change)
        .filter(Objects::nonNull)
        .collect(toCollection(ArrayList::new));
  }

  @Test
  void descriptionsOfTablesAndColumnsReachTheWarehouse() {
    for (WarehouseTable<?> table : Tables.all()) {
      Map<String, String> expected =
          table.contract().columns().stream()
              .collect(toMap(TableFieldSchema::getName, TableFieldSchema::getDescription));
      expected.put(table.name(), table.contract().description());
      assertThat(descriptions(table), equalTo(expected));
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

  private String checksumOfPublished(MrrMovement... movements) {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, movements);
    return warehouse.checksum(Tables.FCT_MRR_MOVEMENTS, "run_" + runs, JANUARY);
  }

  @Test
  void aQueryDoesNotWrite() {
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"));

    assertThrows(RuntimeException.class, () -> warehouse.query("DELETE FROM seeds.fx_rates"));

    assertThat(lines("SELECT currency FROM seeds.fx_rates"), containsInAnyOrder("usd"));
  }

  @Test
  void anIngestedDayKeepsTheRestOfItsMonth() {
    publish(JANUARY, Tables.INVOICES, aVersion("in_1", 5, "9:00", "synthetic", null).build());

    merge(aVersion("in_1", 6, "9:00", "webhook", "{}").build());

    assertThat(
        versions(),
        containsInAnyOrder("in_1 2024-01-05 synthetic null", "in_1 2024-01-06 webhook {}"));
  }

  @Test
  void ofTwoVersionsOfADayTheNewerStandsInWhateverOrderTheyCome() {
    Invoice morning = aVersion("in_1", 5, "9:00", "webhook", "{\"a\":1}").build();
    Invoice evening = aVersion("in_1", 5, "19:00", "json", "{\"a\":2}").build();

    merge(morning);
    merge(evening);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 json {\"a\":2}"));
    merge(morning);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 json {\"a\":2}"));
  }

  @Test
  void ofTwoVersionsOfOneTimeThatOfTheMoreTrustedRouteStands() {
    Invoice simulated = aVersion("in_1", 5, "9:00", "synthetic", null).build();
    Invoice exported = aVersion("in_1", 5, "9:00", "json", "{}").build();
    Invoice announced = aVersion("in_1", 5, "9:00", "webhook", "{}").build();
    Invoice asked = aVersion("in_1", 5, "9:00", "stripe_api", "{}").build();

    merge(announced);
    merge(simulated);
    merge(exported);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook {}"));
    merge(asked);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 stripe_api {}"));
  }

  @Test
  void ofTwoVersionsOfOneSecondTheMoreFinalOneStands() {
    // md5 in hexadecimal: c4ca… of 1, c81e… of 2.
    Invoice open = aVersion("in_1", 5, "9:00", "webhook", "2").setStatus("open").build();
    Invoice paid = aVersion("in_1", 5, "9:00", "webhook", "1").setStatus("paid").build();

    merge(paid);
    merge(open);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook 1"));
    merge(open, paid);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook 1"));
  }

  @Test
  void whatWasDeliveredOnItsOwnStandsAgainstWhatWasInsideAnotherObject() {
    Invoice nested = aVersion("in_1", 5, "9:00", "webhook", null).setStatus("paid").build();
    Invoice own = aVersion("in_1", 5, "9:00", "webhook", "1").setStatus("open").build();

    merge(own);
    merge(nested);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook 1"));
  }

  @Test
  void ofTwoVersionsOfOneTimeAndRouteTheGreaterPayloadHashStands() {
    // md5 in hexadecimal: c4ca… of 1, c81e… of 2.
    Invoice one = aVersion("in_1", 5, "9:00", "webhook", "1").build();
    Invoice two = aVersion("in_1", 5, "9:00", "webhook", "2").build();

    merge(two);
    merge(one);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook 2"));
    merge(one, two);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook 2"));
  }

  @Test
  void ingestingAgainReadsAnewAndAddsNothing() {
    merge(aVersion("in_1", 5, "9:00", "webhook", "{}").setNumber("misread").build());

    merge(aVersion("in_1", 5, "9:00", "webhook", "{}").setNumber("read well").build());

    assertThat(lines("SELECT id, number FROM raw.invoices"), contains("in_1 read well"));
  }

  @Test
  void aMergeCountsWhatWasInsertedAndWhatWasSuperseded(TestPipeline pipeline) {
    merge(aVersion("in_1", 5, "9:00", "webhook", "{}").build());
    Publication publication = warehouse.mergingPublication("run_2", INGESTED_AT);
    load(
        pipeline,
        publication,
        Tables.INVOICES,
        aVersion("in_1", 5, "8:00", "webhook", "{}").build(),
        aVersion("in_2", 5, "8:00", "webhook", "{}").build(),
        aVersion("in_2", 5, "9:00", "webhook", "{}").build());
    load(pipeline, publication, Tables.CUSTOMERS);

    PAssert.that(pipeline.apply("Publish", publication).apply(forgetBytes()))
        .containsInAnyOrder(
            PublishedTable.of("raw.invoices", 1, 2), PublishedTable.of("raw.customers", 0));
    pipeline.run();
  }

  @Test
  void anIngestionWithoutRowsLeavesTheTableAlone() {
    merge(aVersion("in_1", 5, "9:00", "webhook", "{}").build());

    merge();

    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook {}"));
  }

  private static Invoice.Builder aVersion(
      String id, int day, String time, String route, @Nullable String payload) {
    LocalDate date = LocalDate.of(2024, 1, day);
    return anInvoice(id, date, 1)
        .setChangedAt(Instant.parse(date + "T" + (time.length() < 5 ? "0" + time : time) + ":00Z"))
        .setSource(route)
        .setPayload(payload);
  }

  private void merge(Invoice... versions) {
    Pipeline pipeline = newPipeline();
    Publication publication = warehouse.mergingPublication(nextRun(), INGESTED_AT);
    load(pipeline, publication, Tables.INVOICES, versions);
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
  }

  private List<String> versions() {
    return lines("SELECT id, _snapshot_date, _source, _payload FROM raw.invoices");
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private <T> void publish(DataInterval interval, WarehouseTable<T> table, T... rows) {
    Pipeline pipeline = newPipeline();
    Publication publication = warehouse.publication(nextRun(), interval, INGESTED_AT);
    load(pipeline, publication, table, rows);
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static <T> void load(
      Pipeline pipeline, Publication publication, WarehouseTable<T> table, T... rows) {
    pipeline
        .apply("Rows " + table, Create.of(List.of(rows)).withCoder(table.coder()))
        .apply("Load " + table, publication.load(table));
  }

  /** How many bytes rows take is each warehouse's own. */
  private static MapElements<PublishedTable, PublishedTable> forgetBytes() {
    return MapElements.into(TypeDescriptor.of(PublishedTable.class)).via(t -> t.withBytes(0));
  }

  private Pipeline newPipeline() {
    PipelineOptions options = TestPipeline.testingPipelineOptions();
    configure(options);
    return Pipeline.create(options);
  }

  /** A run that is repeated under its own id and time is the same run, and published once. */
  private String nextRun() {
    return "run_" + ++runs;
  }

  private List<String> movements() {
    return lines("SELECT customer_id, day, arr_minor_change FROM facts.fct_mrr_movements");
  }

  private List<String> lines(String sql) {
    List<String> lines = new ArrayList<>();
    for (List<Object> row : warehouse.query(sql).rows()) {
      lines.add(String.join(" ", row.stream().map(String::valueOf).toList()));
    }
    return lines;
  }

  private static DataInterval month(String first) {
    return DataInterval.of(LocalDate.parse(first), LocalDate.parse(first).plusMonths(1));
  }

  @AutoValue
  @DefaultCoder(RowCoder.class)
  @SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
  abstract static class InvoiceExcerpt {
    public abstract String getId();

    @SchemaFieldName("_snapshot_date")
    public abstract LocalDate getSnapshotDate();

    public abstract List<LineExcerpt> getLines();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder setId(String value);

      abstract Builder setSnapshotDate(LocalDate value);

      abstract Builder setLines(List<LineExcerpt> value);

      abstract InvoiceExcerpt build();
    }

    static Builder builder() {
      return new AutoValue_WarehouseContractTest_InvoiceExcerpt.Builder();
    }
  }

  @AutoValue
  @DefaultCoder(RowCoder.class)
  @SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
  abstract static class LineExcerpt {
    public abstract long getAmount();

    public abstract @Nullable PricingExcerpt getPricing();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder setAmount(long value);

      abstract Builder setPricing(@Nullable PricingExcerpt value);

      abstract LineExcerpt build();
    }

    static Builder builder() {
      return new AutoValue_WarehouseContractTest_LineExcerpt.Builder();
    }
  }

  @AutoValue
  @DefaultCoder(RowCoder.class)
  @SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
  abstract static class PricingExcerpt {
    public abstract @Nullable String getProduct();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder setProduct(@Nullable String value);

      abstract PricingExcerpt build();
    }

    static Builder builder() {
      return new AutoValue_WarehouseContractTest_PricingExcerpt.Builder();
    }
  }
}
