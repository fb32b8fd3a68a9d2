package org.stripeanalytics.oracle;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.pipelines.local.LocalRuns;

/** Which cells of the marts each policy moves, and that both computations agree under it. */
class PolicyEffectsTest {
  private static final LocalDate AS_OF = LocalDate.parse("2024-05-01");

  /**
   * From January: $20 of discounts, a payment past due in April, an end asked for in March. One
   * more customer in March, so that there is a month with both an acquisition cost and a churn
   * before it.
   */
  private static final String ACCOUNT =
      """
INSERT INTO raw.customers BY NAME
SELECT c.* FROM (VALUES ('forever'), ('repeating'), ('late'), ('leaving')) t(id),
  LATERAL (FROM a_customer(t.id, '2024-01-05')) c;
INSERT INTO raw.customers BY NAME FROM a_customer('joined', '2024-03-05');
INSERT INTO raw.coupons BY NAME
FROM a_coupon('tenth', 'forever', percent_off := 10) UNION ALL FROM a_coupon('half', 'repeating', percent_off := 50);
INSERT INTO raw.discounts BY NAME
FROM a_discount('di_tenth', 'tenth', '2024-01-01') UNION ALL FROM a_discount('di_half', 'half', '2024-01-01', ends := '2025-01-01');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'forever', '2024-01-10', [an_item('si_1', starter(10000))], discounts := ['di_tenth']) UNION ALL
FROM a_subscription('sub_2', 'repeating', '2024-01-10', [an_item('si_2', starter(10000))], discounts := ['di_half']) UNION ALL
FROM a_subscription('sub_3', 'late', '2024-01-10', [an_item('si_3', professional(10000))]) UNION ALL
FROM a_subscription('sub_3', 'late', '2024-01-10', [an_item('si_3', professional(10000))], status := 'past_due', changed := '2024-04-10') UNION ALL
FROM a_subscription('sub_4', 'leaving', '2024-01-10', [an_item('si_4', professional(10000))]) UNION ALL
FROM a_subscription('sub_4', 'leaving', '2024-01-10', [an_item('si_4', professional(10000))], changed := '2024-03-20',
    canceled_at := '2024-03-20', cancel_at_period_end := true, reason := 'cancellation_requested') UNION ALL
FROM a_subscription('sub_4', 'leaving', '2024-01-10', [an_item('si_4', professional(10000))], status := 'canceled', changed := '2024-04-10',
    canceled_at := '2024-03-20', ended_at := '2024-04-10', reason := 'cancellation_requested');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_5', 'joined', '2024-03-10', [an_item('si_5', starter(10000))]);
INSERT INTO raw.marketing_spend BY NAME
FROM a_spend('2024-01-10', 'organic', 'north_america', 40000) UNION ALL
FROM a_spend('2024-03-10', 'organic', 'north_america', 10000);
""";

  /** By file; nothing changes one after its run. */
  private static final Map<Path, Set<String>> MOVED = new HashMap<>();

  @TempDir static Path folder;
  private static Path defaults;

  @BeforeAll
  static void transformWithDefaults() {
    defaults = folder.resolve("defaults.duckdb");
    HandMadeAccount.write(defaults, ACCOUNT);
    transform(defaults);
  }

  @Test
  void listPricesLeaveTheDiscountsOutOfMrr() {
    Path list = transformedWith("--mrrDiscounts=list", "mrr_discounts", "'list'");
    assertThat(januaryMrr(defaults), is("390"));
    assertThat(januaryMrr(list), is("400"));
    assertThat(moved(list), hasItem("mrr_monthly.mrr_end"));
    assertThat(moved(list), not(hasItem("mrr_monthly.mrr_list_end")));
    assertThat(moved(list), not(hasItem("mrr_monthly.mrr_billed_end")));
    assertThat(moved(list), not(hasItem(startsWith("trial_funnel"))));
  }

  @Test
  void billedPricesCountTheRepeatingDiscountsToo() {
    Path billed = transformedWith("--mrrDiscounts=billed", "mrr_discounts", "'billed'");
    assertThat(januaryMrr(billed), is("340"));
    assertThat(moved(billed), not(hasItem("mrr_monthly.mrr_billed_end")));
  }

  @Test
  void atTheRequestACustomerIsLostAMonthEarlier() {
    Path requested = transformedWith("--churnAt=canceled_at", "churn_at", "'canceled_at'");
    assertThat(voluntaryChurn(defaults), is("2024-04-01"));
    assertThat(voluntaryChurn(requested), is("2024-03-01"));
    assertThat(moved(requested), not(hasItem(startsWith("revenue_daily"))));
  }

  @Test
  void withoutPastDueALatePaymentIsAPause() {
    Path without = transformedWith("--includePastDue=false", "include_past_due", "false");
    assertThat(
        answer(
            without,
            "SELECT month, paused_churned FROM marts.churn_monthly"
                + " WHERE segment = 'all' AND paused_churned > 0"),
        is("2024-04-01 1"));
    assertThat(moved(without), hasItem("mrr_monthly.mrr_past_due"));
  }

  @Test
  void theGrossMarginMovesLifetimeValueAndPaybackAndNothingElse() {
    Path half = transformedWith("--grossMargin=0.5", "gross_margin", "0.5");
    assertThat(
        moved(half),
        is(
            Set.of(
                "unit_economics_monthly.ltv",
                "unit_economics_monthly.ltv_cac",
                "unit_economics_monthly.cac_payback_months")));
  }

  @Test
  void anotherReportingCurrencyMovesAmountsAndNoCountsOrRates() {
    Path euros = copy("euros");
    transform(euros, "--reportingCurrency=eur");
    // 390 dollars at 1.08 a euro, rounded per item and year.
    assertThat(
        answer(
            euros,
            "SELECT mrr_end FROM marts.mrr_monthly WHERE segment = 'all' ORDER BY month LIMIT 1"),
        is("361.110833333"));
    Set<String> moved = moved(euros);
    assertThat(moved, hasItem("unit_economics_monthly.sales_marketing_spend"));
    assertThat(moved, not(hasItem("mrr_monthly.customers_end")));
    assertThat(moved, not(hasItem("churn_monthly.customer_churn_rate")));
  }

  private static Path transformedWith(String option, String variable, String literal) {
    Path file = copy(option.replaceAll("\\W", ""));
    transform(file, option);
    try (OracleComparison comparison =
        OracleComparison.of(file, AS_OF, Map.of(variable, literal))) {
      assertThat(String.join("\n", comparison.differences()), is(""));
    }
    return file;
  }

  private static Path copy(String name) {
    Path file = folder.resolve(name + ".duckdb");
    HandMadeAccount.write(file, ACCOUNT);
    return file;
  }

  private static void transform(Path file, String... options) {
    var all = new ArrayList<String>();
    all.addAll(List.of("--from=2020-01-01", "--to=" + AS_OF, "--runner=InMemoryRunner"));
    all.addAll(List.of(options));
    LocalRuns.run("transform", file, all.toArray(String[]::new));
  }

  private static String januaryMrr(Path file) {
    return answer(
        file,
        "SELECT CAST(mrr_end AS BIGINT) FROM marts.mrr_monthly"
            + " WHERE segment = 'all' AND month = '2024-01-01'");
  }

  private static String voluntaryChurn(Path file) {
    return answer(
        file,
        "SELECT month FROM marts.churn_monthly WHERE segment = 'all' AND voluntary_churned > 0");
  }

  private static String answer(Path file, String query) {
    try (Oracle warehouse = Oracle.over(file)) {
      return String.join(
          " | ", warehouse.query(query).stream().map(row -> String.join(" ", row)).toList());
    }
  }

  /** The columns of the marts in which some row differs from that with the defaults. */
  private static Set<String> moved(Path file) {
    return MOVED.computeIfAbsent(file, PolicyEffectsTest::differentFromDefaults);
  }

  private static Set<String> differentFromDefaults(Path file) {
    Set<String> moved = new TreeSet<>();
    try (Oracle warehouse = Oracle.over(file)) {
      warehouse.execute("ATTACH '" + defaults + "' AS defaults (READ_ONLY)");
      Tables.all().stream()
          .map(table -> table.contract())
          .filter(contract -> contract.layer() == Layer.MARTS)
          .forEach(contract -> addMoved(warehouse, contract, moved));
    }
    return moved;
  }

  private static void addMoved(Oracle warehouse, Contract contract, Set<String> moved) {
    List<String> columns =
        contract.columns().stream()
            .map(TableFieldSchema::getName)
            .filter(name -> !Contract.STAMPED_COLUMNS.contains(name))
            .filter(name -> !contract.primaryKey().contains(name))
            .toList();
    if (columns.isEmpty()) {
      return;
    }
    String differing =
        "SELECT %3$s FROM marts.%1$s a FULL JOIN defaults.marts.%1$s b USING (%2$s)"
            .formatted(
                contract.table(),
                String.join(", ", contract.primaryKey()),
                columns.stream()
                    .map("coalesce(bool_or(a.%1$s IS DISTINCT FROM b.%1$s), false)"::formatted)
                    .collect(joining(", ")));
    List<String> answer = warehouse.query(differing).get(0);
    for (int i = 0; i < columns.size(); i++) {
      if (Boolean.parseBoolean(answer.get(i))) {
        moved.add(contract.table() + "." + columns.get(i));
      }
    }
  }
}
