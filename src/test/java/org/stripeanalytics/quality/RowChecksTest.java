package org.stripeanalytics.quality;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stripeanalytics.warehouse.ExampleRows.anInvoice;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.InvoiceLine;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;

/** Rows against the rules of their contract, and what becomes of computed ones that break one. */
class RowChecksTest {
  private static final LocalDate DAY = LocalDate.of(2024, 1, 31);
  private static final RowChecks<Invoice> INVOICES = RowChecks.of(Tables.INVOICES);

  @Test
  void anOrdinaryRowBreaksNoRule() {
    assertThat(INVOICES.check(anInvoice("in_1", DAY, 3).build()), is(nullValue()));
  }

  @Test
  void nullBreaksNoRule() {
    Invoice sparse = anInvoice("in_1", DAY, 0).setStatus(null).setBillingReason(null).build();

    assertThat(INVOICES.check(sparse), is(nullValue()));
  }

  @Test
  void everyElementOfARepeatedRecordIsChecked() {
    Invoice invoice = anInvoice("in_1", DAY, 3).build();
    List<InvoiceLine> lines = new ArrayList<>(invoice.getLines());
    lines.set(2, lines.get(2).toBuilder().setQuantity(-1L).build());

    assertThat(
        INVOICES.check(invoice.toBuilder().setLines(lines).build()),
        is(
            new Violation(
                RejectionRule.NEGATIVE_AMOUNT, "lines.quantity is -1; allowed is 0 or more")));
  }

  @Test
  void aNumberAboveItsRangeIsNamed() {
    Coupon coupon =
        Coupon.builder()
            .setId("TEN")
            .setCreated(Instant.parse("2024-01-31T00:00:00Z"))
            .setDuration("once")
            .setPercentOff(new BigDecimal("100.5"))
            .setTimesRedeemed(0)
            .setValid(true)
            .setLivemode(true)
            .setSnapshotDate(DAY)
            .setChangedAt(Instant.parse("2024-01-31T00:00:00Z"))
            .setSource("json")
            .build();

    assertThat(
        RowChecks.of(Tables.COUPONS).check(coupon),
        is(new Violation(RejectionRule.OUT_OF_RANGE, "percent_off is 100.5; allowed is 0 to 100")));
  }

  @Test
  void aTimeInTheYear9999IsPossible() {
    Instant late = Instant.parse("9999-12-31T23:59:59Z");

    assertThat(INVOICES.check(anInvoice("in_1", DAY, 1).setDueDate(late).build()), is(nullValue()));
  }

  @Test
  void aComputedRowThatBreaksARuleIsRejectedInItsStead() {
    Invoice good = anInvoice("in_1", DAY, 1).build();
    Invoice bad = anInvoice("in_2", DAY, 1).setStatus("dancing").build();
    RowGenerator<Integer, Void> generator =
        (element, rows, aside) -> {
          rows.put(Tables.INVOICES, good);
          rows.put(Tables.INVOICES, bad);
        };
    RejectingRun run =
        RejectingRun.of("synthesize", "run_1", Instant.parse("2024-06-01T00:00:00Z"));
    List<Object> put = new ArrayList<>();

    CheckedRows.of(generator, run).generate(1, collectingInto(put), nothing -> {});

    RejectedRecord rejected = (RejectedRecord) put.get(1);
    assertThat(put, contains(good, rejected));
    assertThat(rejected.getRule(), is("unknown_enum"));
    assertThat(rejected.getTargetTable(), is("raw.invoices"));
    assertThat(rejected.getPayload(), is(bad.toString()));
    assertThat(rejected.getRunId(), is("run_1"));
  }

  private static RowSink collectingInto(List<Object> put) {
    return new RowSink() {
      @Override
      public <T> void put(WarehouseTable<T> table, T row) {
        put.add(row);
      }
    };
  }
}
