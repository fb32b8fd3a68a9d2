package org.stripeanalytics.marts;

import static java.time.temporal.ChronoUnit.MICROS;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.MrrMeasure.ARR;
import static org.stripeanalytics.marts.MrrMeasure.CUSTOMERS;
import static org.stripeanalytics.marts.MrrMeasure.CUSTOMERS_NEW;
import static org.stripeanalytics.marts.MrrMeasure.NEW;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.LiveMrr;
import org.stripeanalytics.model.marts.MrrMonthly;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.RowSink;

/** One customer came in November for $10 a month, another in December for $2. */
class LiveMartsTest {
  private static final RowGroup ALL =
      RowGroup.of(MrrMeasure.class, SegmentKey.of("all", "all")).by(Grain.MONTH);

  @Test
  void theMonthThatIsNotOverHasItsSumsUpToNow() {
    assertThat(
        live("2025-12-10").stream().map(LiveMartsTest::told).toList(),
        contains("2025-12-01 up to 2025-12-09: 10 +2 = 12, 1 +1 = 2 customers"));
    assertThat("no final row", finished("2025-12-10").size(), is(1));
  }

  @Test
  void onItsLastDayTheRowIsThatOfTheMartOfFinishedMonths() {
    LiveMrr live = live("2026-01-01").get(0);
    MrrMonthly december = finished("2026-01-01").get(1);

    assertThat(told(live), is("2025-12-01 up to 2025-12-31: 10 +2 = 12, 1 +1 = 2 customers"));
    assertThat(live.getMonth(), is(december.getMonth()));
    assertThat(live.getMrrStart(), is(december.getMrrStart()));
    assertThat(live.getMrrNew(), is(december.getMrrNew()));
    assertThat(live.getMrrEnd(), is(december.getMrrEnd()));
    assertThat(live.getCustomersEnd(), is(december.getCustomersEnd()));
    assertThat(live.getArpa(), is(december.getArpa()));
  }

  @Test
  void soAreTheRowsOfPaymentsAndOfTheFunnel() {
    LocalDate asOf = day("2026-01-01");
    var health = ComputePaymentHealthMonthly.of(asOf, ReportingFrame.defaults(), null).mart();
    var funnel = ComputeTrialFunnel.of(asOf, ReportingFrame.defaults()).mart();

    assertSame(PaymentMeasure.class, LiveMarts.ofPayments(health, asOf), health, "month");
    assertSame(FunnelMeasure.class, LiveMarts.ofFunnel(funnel, asOf), funnel, "signup_month");
  }

  @Test
  void everyLiveRowSaysWhichEventsItsFiguresContain() {
    LocalDate asOf = day("2025-12-10");
    var health = ComputePaymentHealthMonthly.of(asOf, ReportingFrame.defaults(), null).mart();
    var funnel = ComputeTrialFunnel.of(asOf, ReportingFrame.defaults()).mart();
    List<AccountFact> facts = new ArrayList<>();
    facts.add(AccountFact.of(WatchedDay.opening(day("2025-11-01"))));
    facts.add(AccountFact.of(StoredEvents.of(Instant.parse("2025-12-09T23:00:00Z"), 3)));
    live("2025-12-10").forEach(row -> AccountFact.ofRow(row, facts::add));
    december(PaymentMeasure.class, LiveMarts.ofPayments(health, asOf))
        .forEach(row -> AccountFact.ofRow(row, facts::add));
    december(FunnelMeasure.class, LiveMarts.ofFunnel(funnel, asOf))
        .forEach(row -> AccountFact.ofRow(row, facts::add));

    Map<String, String> told = new TreeMap<>();
    new AccountMarts(DataInterval.of(day("2025-11-01"), asOf), "usd")
        .generate(KV.of("account", facts), new Told(told), aside -> {});

    String reach = "2025-12-09T23:00:00Z, 3 behind";
    assertThat(
        told,
        is(
            Map.of(
                "marts.live_mrr",
                reach,
                "marts.live_payments",
                reach,
                "marts.live_funnel",
                reach)));
  }

  /** Notes what rows of live marts say of events. */
  private record Told(Map<String, String> byTable) implements RowSink {
    @Override
    public <T> void put(WarehouseTable<T> table, T row) {
      if (LiveRow.TABLES.contains(table)) {
        Map<String, Object> columns = columns(row, table.rowClass());
        byTable.put(
            table.name(),
            "%s, %s behind"
                .formatted(
                    Instant.EPOCH.plus((Long) columns.get("newest_event_at"), MICROS),
                    columns.get("events_behind")));
      }
    }
  }

  /** Compares the columns of the live row, of a December in which every measure differs. */
  private static <M extends Enum<M>> void assertSame(
      Class<M> measures, Mart<M, ?> live, Mart<M, ?> finished, String month) {
    Map<String, Object> now = columns(measures, live);
    Map<String, Object> then = columns(measures, finished);

    assertThat(now.remove("month"), is(then.get(month)));
    assertThat(now.remove("_as_of"), is(LocalDate.parse("2025-12-31").toEpochDay()));
    // What the figures contain is not known yet.
    assertThat(now.remove("newest_event_at"), is(nullValue()));
    assertThat(now.remove("events_behind"), is(nullValue()));
    now.forEach((column, value) -> assertThat(column, value, is(then.get(column))));
  }

  private static <M extends Enum<M>, R> List<R> december(Class<M> measures, Mart<M, R> mart) {
    Sums<M> sums = Sums.of(measures.getEnumConstants()[0], 1000);
    for (M measure : measures.getEnumConstants()) {
      sums = sums.with(measure, 1000 - measure.ordinal());
    }
    List<R> rows =
        mart.rows(
            RowGroup.of(measures, SegmentKey.of("all", "all")).by(Grain.MONTH),
            new TreeMap<>(Map.of(day("2025-12-01"), sums)));
    assertThat(rows.size(), is(1));
    return rows;
  }

  private static <M extends Enum<M>, R> Map<String, Object> columns(
      Class<M> measures, Mart<M, R> mart) {
    return columns(december(measures, mart).get(0), mart.table().rowClass());
  }

  private static <R> Map<String, Object> columns(R row, Class<R> rowClass) {
    RowCodec<R> codec = RowCodec.of(rowClass);
    Map<String, Object> columns = new LinkedHashMap<>();
    for (int i = 0; i < codec.schema().getFieldCount(); i++) {
      columns.put(codec.schema().getField(i).getName(), codec.get(row, i));
    }
    return columns;
  }

  private static List<LiveMrr> live(String asOf) {
    return LiveMarts.ofMrr(mart(asOf), day(asOf)).rows(ALL, history());
  }

  private static List<MrrMonthly> finished(String asOf) {
    return mart(asOf).rows(ALL, history());
  }

  private static Mart<MrrMeasure, MrrMonthly> mart(String asOf) {
    return ComputeMrrMonthly.of(
        DataInterval.of(day("2025-11-01"), day(asOf)), ReportingFrame.defaults());
  }

  private static TreeMap<LocalDate, Sums<MrrMeasure>> history() {
    TreeMap<LocalDate, Sums<MrrMeasure>> sums = new TreeMap<>();
    sums.put(day("2025-11-01"), aNewCustomer(12_000));
    sums.put(day("2025-12-01"), aNewCustomer(2_400));
    return sums;
  }

  private static Sums<MrrMeasure> aNewCustomer(long arrMinor) {
    return Sums.of(ARR, arrMinor).with(NEW, arrMinor).with(CUSTOMERS, 1).with(CUSTOMERS_NEW, 1);
  }

  private static String told(LiveMrr row) {
    return "%s up to %s: %s +%s = %s, %d +%d = %d customers"
        .formatted(
            row.getMonth(),
            row.getAsOf(),
            row.getMrrStart().stripTrailingZeros().toPlainString(),
            row.getMrrNew().stripTrailingZeros().toPlainString(),
            row.getMrrEnd().stripTrailingZeros().toPlainString(),
            row.getCustomersStart(),
            row.getCustomersNew(),
            row.getCustomersEnd());
  }
}
