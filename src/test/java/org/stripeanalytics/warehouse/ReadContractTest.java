package org.stripeanalytics.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.warehouse.ExampleRows.aMovement;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;
import static org.stripeanalytics.warehouse.ExampleRows.anInvoice;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.raw.Invoice;

/** What reads give, from every warehouse. */
public abstract class ReadContractTest extends WarehouseContract {
  protected ReadContractTest(TestedWarehouse tested) {
    super(tested);
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

    PAssert.that(pipeline.apply("Read", warehouse().read(TableRead.of(Tables.INVOICES))))
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

    PAssert.that(pipeline.apply("Read", warehouse().read(TableRead.of(Tables.FX_RATES))))
        .containsInAnyOrder(
            aRate("small", "0.000000001"),
            aRate("large", "-12345678901234567890123456789.123456789"));
    pipeline.run();
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
                warehouse()
                    .read(
                        TableRead.of(Tables.FCT_MRR_MOVEMENTS)
                            .during(
                                DataInterval.of(
                                    LocalDate.of(2024, 2, 1), LocalDate.of(2024, 2, 29))))))
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

    PAssert.that(pipeline.apply("Within", warehouse().read(movements.within("day", days))))
        .containsInAnyOrder(first);
    PAssert.that(pipeline.apply("Outside", warehouse().read(movements.outside("day", days))))
        .containsInAnyOrder(before, after);
    PAssert.that(
            pipeline.apply(
                "Both", warehouse().read(movements.during(FEBRUARY).outside("day", days))))
        .containsInAnyOrder(after);
    PAssert.that(pipeline.apply("Before", warehouse().read(movements.before("day", days.from()))))
        .containsInAnyOrder(before);
    pipeline.run();
  }

  @Test
  void aReadThatWouldGiveRowsIsNeverSaidToGiveNone() {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 1));
    TableRead<MrrMovement> movements = TableRead.of(Tables.FCT_MRR_MOVEMENTS);

    assertThat(warehouse().mayHold(movements), is(true));
    assertThat(warehouse().mayHold(movements.during(JANUARY)), is(true));
    assertThat(warehouse().mayHold(movements.during(FEBRUARY)), is(!tested().looksAtWhatItHolds()));
    assertThat(
        warehouse().mayHold(movements.outside("day", JANUARY)), is(!tested().looksAtWhatItHolds()));
    assertThat(
        warehouse().mayHold(TableRead.of(Tables.FCT_PAYMENTS)), is(!tested().looksAtWhatItHolds()));
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
            warehouse()
                .read(
                    TableRead.of(Tables.FCT_MRR_MOVEMENTS)
                        .during(DataInterval.of(JANUARY.from(), LocalDate.of(2024, 2, 29)))
                        .newestOf("customer_id")));

    PAssert.that(read)
        .containsInAnyOrder(
            tested().leavesOutOlder() ? List.of(only, newest) : List.of(older, only, newest));
    pipeline.run();
  }

  @Test
  void aProjectionReadsOnlyItsColumnsAtEveryDepth(TestPipeline pipeline) {
    publish(JANUARY, Tables.INVOICES, anInvoice("in_1", LocalDate.of(2024, 1, 31), 1).build());

    PAssert.that(
            pipeline.apply(
                "Read", warehouse().read(TableRead.of(Tables.INVOICES).as(InvoiceExcerpt.class))))
        .containsInAnyOrder(excerptOf("in_1", 1));
    pipeline.run();
  }

  @Test
  void severalTablesAreReadTogetherAndRowsMayBeLeftOut(TestPipeline pipeline) {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 1));
    publish(FEBRUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-02-01", 2));
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"), aRate("eur", "1.08"));

    PAssert.that(
            pipeline.apply(
                "ReadAll",
                warehouse()
                    .readAll(
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
        warehouse().list(TableRead.of(Tables.INVOICES).during(JANUARY)),
        containsInAnyOrder(full, sparse));
    assertThat(
        warehouse().list(TableRead.of(Tables.INVOICES).during(JANUARY).as(InvoiceExcerpt.class)),
        containsInAnyOrder(excerptOf("in_1", 2), excerptOf("in_2", 0)));
  }

  @Test
  void anEmptyTableReadsAsNothing(TestPipeline pipeline) {
    PAssert.that(pipeline.apply("Read", warehouse().read(TableRead.of(Tables.INVOICES)))).empty();
    pipeline.run();
  }

  private static InvoiceExcerpt excerptOf(String id, int lines) {
    InvoiceExcerpt.Line line =
        InvoiceExcerpt.Line.builder()
            .setAmount(2000)
            .setPricing(InvoiceExcerpt.Pricing.builder().setProduct("prod_Starter").build())
            .build();
    return InvoiceExcerpt.builder()
        .setId(id)
        .setSnapshotDate(LocalDate.of(2024, 1, 31))
        .setLines(Collections.nCopies(lines, line))
        .build();
  }
}
