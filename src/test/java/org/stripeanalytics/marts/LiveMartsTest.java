package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.MrrMeasure.ARR;
import static org.stripeanalytics.marts.MrrMeasure.CUSTOMERS;
import static org.stripeanalytics.marts.MrrMeasure.CUSTOMERS_NEW;
import static org.stripeanalytics.marts.MrrMeasure.NEW;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.LiveMrr;
import org.stripeanalytics.model.marts.MrrMonthly;
import org.stripeanalytics.model.schema.RowCodec;

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
    var health = ComputePaymentHealthMonthly.of(asOf, MetricPolicies.defaults(), null).mart();
    var funnel = ComputeTrialFunnel.of(asOf, MetricPolicies.defaults()).mart();

    assertSame(PaymentMeasure.class, LiveMarts.ofPayments(health, asOf), health, "month");
    assertSame(FunnelMeasure.class, LiveMarts.ofFunnel(funnel, asOf), funnel, "signup_month");
  }

  /** Compares the columns of the live row, of a December in which every measure differs. */
  private static <M extends Enum<M>> void assertSame(
      Class<M> measures, Mart<M, ?> live, Mart<M, ?> finished, String month) {
    RowGroup all = RowGroup.of(measures, SegmentKey.of("all", "all")).by(Grain.MONTH);
    Sums<M> sums = Sums.of(measures.getEnumConstants()[0], 1000);
    for (M measure : measures.getEnumConstants()) {
      sums = sums.with(measure, 1000 - measure.ordinal());
    }
    TreeMap<LocalDate, Sums<M>> history = new TreeMap<>(Map.of(day("2025-12-01"), sums));
    Map<String, Object> now = columns(live, all, history);
    Map<String, Object> then = columns(finished, all, history);

    assertThat(now.remove("month"), is(then.get(month)));
    assertThat(now.remove("_as_of"), is(LocalDate.parse("2025-12-31").toEpochDay()));
    now.forEach((column, value) -> assertThat(column, value, is(then.get(column))));
  }

  private static <M extends Enum<M>, R> Map<String, Object> columns(
      Mart<M, R> mart, RowGroup all, TreeMap<LocalDate, Sums<M>> history) {
    List<R> rows = mart.rows(all, history);
    assertThat(rows.size(), is(1));
    RowCodec<R> codec = RowCodec.of(mart.table().rowClass());
    Map<String, Object> columns = new LinkedHashMap<>();
    for (int i = 0; i < codec.schema().getFieldCount(); i++) {
      columns.put(codec.schema().getField(i).getName(), codec.get(rows.get(0), i));
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
        DataInterval.of(day("2025-11-01"), day(asOf)), MetricPolicies.defaults());
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
