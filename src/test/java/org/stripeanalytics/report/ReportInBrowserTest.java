package org.stripeanalytics.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The page as its reader sees it. Needs {@code chromium} and {@code chromedriver} on the PATH
 * (Debian: {@code chromium} and {@code chromium-driver}) and is skipped where they are not.
 */
class ReportInBrowserTest {
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH);

  @TempDir static Path folder;
  private static Browser browser;
  private static Warehouse warehouse;
  private static Path page;

  @BeforeAll
  static void writePage() throws IOException {
    browser = Browser.start().orElse(null);
    if (browser == null) {
      String reason =
          "the report is not looked at: no chromium and chromedriver on the PATH"
              + " (apt-get install chromium chromium-driver)";
      LoggerFactory.getLogger(ReportInBrowserTest.class).warn("skipped: {}", reason);
      assumeTrue(false, reason);
    }
    warehouse = ExampleAccount.of15Months(folder.resolve("stripe.duckdb"));
    page = write(warehouse, "report");
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void openDashboard() {
    browser.resize(1280, 900);
    browser.open(page, "dashboard");
  }

  @AfterEach
  void theConsoleStaysSilent() {
    assertThat(browser.console(), is(empty()));
  }

  @Test
  void headlineFiguresAreTheWarehouses() {
    assertThat(figure("mrr"), is(money(one("SELECT mrr_end FROM marts.mrr_monthly" + NEWEST), 0)));
    assertThat(
        figure("net-new-mrr"),
        is("+" + money(one("SELECT mrr_end - mrr_start FROM marts.mrr_monthly" + NEWEST), 0)));
    assertThat(
        figure("customers"),
        is(whole(one("SELECT customers_end FROM marts.mrr_monthly" + NEWEST))));
    assertThat(figure("arpa"), is(money(one("SELECT arpa FROM marts.mrr_monthly" + NEWEST), 2)));
    assertThat(
        figure("churn"),
        is(percent(one("SELECT customer_churn_rate FROM marts.churn_monthly" + NEWEST))));
    assertThat(figure("nrr"), is(percent(one("SELECT nrr_12m FROM marts.churn_monthly" + NEWEST))));
    assertThat(figure("ltv-cac"), is("3.3×"));
    assertThat(figure("recovery"), is("55.0%"));
    assertThat(
        browser.text("[data-figure=recovery]"), containsString("Feb 2025, the newest month"));
  }

  @Test
  void aChangeIsThatOnTheMonthBefore() {
    assertThat(browser.text("[data-figure=mrr] .change"), is("▲ +7.1% on Feb 2025"));
    assertThat(browser.text("[data-figure=nrr] .change"), is("▲ +1.0 points on Feb 2025"));
  }

  @Test
  void everyChartHasMarks() {
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> charts =
        (List<Map<String, Object>>)
            browser.run(
                """
                return [...document.querySelectorAll(".chart")].map((div) => {
                  const chart = echarts.getInstanceByDom(div);
                  const series = chart.getModel().getSeries();
                  return {
                    id: div.id,
                    series: series.length,
                    data: series.reduce((sum, each) => sum + each.getData().count(), 0),
                    drawn: div.querySelectorAll("svg path, svg rect, svg polyline").length,
                    wide: div.querySelector("svg").getBoundingClientRect().width,
                  };
                })\
                """);

    assertThat(charts, hasSize(35));
    for (Map<String, Object> chart : charts) {
      String id = (String) chart.get("id");
      assertThat(id, (Long) chart.get("data"), is(greaterThan(0L)));
      assertThat(id, (Long) chart.get("drawn"), is(greaterThan((Long) chart.get("series"))));
      assertThat(id, ((Number) chart.get("wide")).doubleValue(), is(greaterThan(200.0)));
    }
  }

  @Test
  void theNumbersBesideAChartAreTheWarehouses() {
    browser.run("document.querySelector('#card-movements details').open = true");
    browser.run("return new Promise((done) => setTimeout(done, 0))");

    List<List<Object>> rows =
        warehouse
            .query(
                "SELECT month, mrr_start, mrr_new, mrr_reactivation, mrr_expansion,"
                    + " mrr_contraction, mrr_churn, mrr_end FROM marts.mrr_monthly"
                    + " WHERE segment = 'all' ORDER BY month DESC")
            .rows();
    List<String> expected =
        rows.stream()
            .flatMap(
                row ->
                    row.stream()
                        .map(
                            cell ->
                                cell instanceof LocalDate month
                                    ? month.format(MONTH)
                                    : money(cell, 2)))
            .toList();
    assertThat(browser.texts("#card-movements tbody th, #card-movements tbody td"), is(expected));
  }

  @Test
  void everyChartOffersItsNumbersAndSaysInWordsWhatItShows() {
    assertThat(browser.count(".card details:not(.rows-behind)"), is(browser.count(".chart")));
    assertThat(browser.count(".chart[role=img][aria-label*='. ']"), is(browser.count(".chart")));
  }

  @Test
  void everyCardOffersAQueryForTheRowsBehindItOfWhatIsLookedAt() {
    browser.choose("#segment", "region|europe");
    browser.run("document.querySelectorAll('.rows-behind').forEach((part) => part.open = true)");

    assertThat(browser.texts(".card:not(:has(.empty)):not(:has(.rows-behind)) h3"), is(empty()));
    List<String> queries = browser.texts(".rows-behind pre");
    assertThat((long) queries.size(), is(browser.count(".rows-behind")));
    assertThat("what is not filled in", queries, everyItem(not(containsString("{"))));
    for (String query : queries) {
      warehouse.query("SELECT COUNT(*) FROM (" + query + "\n)");
    }
    assertThat(browser.text("#card-mrr pre"), containsString("AND region = 'europe'"));
    assertThat(browser.count(".tile .rows-behind"), is(browser.count(".tile")));
  }

  @Test
  void aQueryIsFilledInAsTestsOfItsSumsFillItIn() {
    for (String card :
        List.of("mrr", "churn-kinds", "tickets", "decline-codes", "cost-of-channels")) {
      browser.run("document.querySelector('#card-" + card + " .rows-behind').open = true");

      assertThat(browser.text("#card-" + card + " pre"), is(FilledQuery.of(warehouse, card)));
    }
  }

  @Test
  void theQueryIsOfTheMonthThatACardShowsAndCanBeCopied() {
    browser.run("document.querySelector('#card-waterfall .controls button').click()");
    browser.run("document.querySelector('#card-waterfall .rows-behind').open = true");
    String query = browser.text("#card-waterfall pre");
    browser.run(
        """
        const button = document.querySelector("#card-waterfall .rows-behind button");
        const answered = new Promise((done) => new MutationObserver(done).observe(button, { childList: true }));
        button.click();
        return answered.then(() => null);
        """);

    assertThat(
        query, containsString("day >= DATE '2025-02-01' AND day < DATE '2025-03-01' AND TRUE"));
    assertThat(
        "without a clipboard the query is marked instead",
        browser.text("#card-waterfall .rows-behind button"),
        is(anyOf(startsWith("Copied"), startsWith("Marked"))));
  }

  @Test
  void oneSegmentIsShownByItself() {
    browser.choose("#segment", "region|europe");

    assertThat(
        figure("mrr"),
        is(
            money(
                one(
                    "SELECT mrr_end FROM marts.mrr_monthly WHERE segment_value = 'europe'"
                        + " ORDER BY month DESC LIMIT 1"),
                0)));
    assertThat(browser.text("h1"), is("March 2025, region Europe"));
  }

  @Test
  void aMonthIsTakenApartByKeyboard() {
    browser.run("document.querySelector('#card-waterfall button').focus()");
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);

    assertThat(browser.text("#card-waterfall h3"), is("How February 2025 went"));
    assertThat(
        "the keyboard stays where it was",
        browser.run("return document.activeElement.innerText"),
        is("← Earlier"));
  }

  @Test
  void namesFromTheDataAreOnlyText() {
    browser.choose("#segment", "channel|</script><img src=x onerror=\"document.title=1\">");

    assertThat(browser.count("img"), is(0L));
    assertThat(browser.text("h1"), containsString("<img Src=x Onerror="));
  }

  @Test
  void testsFreshnessAndPoliciesStandAtTheTop() {
    assertThat(browser.text("#state-tests"), containsString("All 3 tests passed, 1 warning"));
    assertThat(browser.text("#state-freshness"), containsString("30 Mar 2025, 12:00 UTC"));
    assertThat(browser.text("#state-frame"), containsString("As of the start of 1 April 2025"));
    assertThat(browser.text("#colophon"), containsString("Discounts that reduce MRR: forever"));
  }

  @Test
  void unusualDaysAreListedAndOrdinaryOnesAreNot() {
    assertThat(
        browser.texts("#card-anomalies tbody th, #card-anomalies tbody td"),
        is(List.of("12 March 2025", "Failed payments", "41", "2 to 14", "critical")));
  }

  @Test
  void whoMovedBetweenStagesIsAMatrixOfThoseThatAreNotEmpty() {
    assertThat(
        browser.texts("#card-flows thead th, #card-flows tbody th, #card-flows tbody td"),
        is(
            List.of(
                "From",
                "New",
                "Healthy",
                "Lost",
                "No customer yet",
                "12",
                "",
                "",
                "Healthy",
                "",
                "48",
                "3")));
  }

  @Test
  void whatSupportAndSalesHaveToDoWithCustomersIsSaidForThoseWhoDoNotSeeTheCharts() {
    assertThat(
        browser.run("return document.querySelector('#chart-bad-tickets').ariaLabel").toString(),
        containsString("50.0% of 24 after a bad ticket, 10.0% without one"));
    assertThat(
        browser.run("return document.querySelector('#chart-coverage').ariaLabel").toString(),
        containsString("25.0% of 4 rows are a known customer"));
    assertThat(
        browser.run("return document.querySelector('#chart-went').ariaLabel").toString(),
        containsString("No customer yet to New"));
  }

  @Test
  void whoPutsMostAtRiskIsListedWithTheReasons() {
    assertThat(
        browser.texts("#card-risk tbody th, #card-risk tbody td"),
        is(
            List.of(
                "cus_late",
                "€50.00",
                "40.0%",
                "€20.00",
                "high",
                "failed attempts at an open bill: 2 (9.5×)")));
    assertThat(browser.text("#card-risk .note"), containsString("€20 more belongs to 1 customer"));
    assertThat(browser.text("#card-evaluation .note"), containsString("AUC 0.7000 against 0.5500"));
  }

  @Test
  void theForecastOfAYearAgoStandsBesideWhatCame() {
    assertThat(
        browser.texts("#card-lifetime tbody th, #card-lifetime tbody td"),
        is(List.of("Feb 2024", "10", "€990", "€900 and €1,100", "€1,000", "€1,100", "€1,250")));
    assertThat(
        browser.text("#card-lifetime .note"),
        is(
            "In total the forecast was off by −1.0%, a retention curve alone by +10.0%, ARPA over"
                + " churn by +25.0%."));
  }

  @Test
  void aFigureThatWasChangedAfterwardsIsListedWithItsCause() {
    assertThat(
        browser.texts("#card-restatements tbody th, #card-restatements tbody td"),
        is(
            List.of(
                "Feb 2025",
                "Mrr end, marts.mrr_monthly",
                "1,200",
                "1,260",
                "1 Apr 2025, 02:00 UTC",
                "late data",
                "3 raw rows were ingested since, of 2025-02-27 to 2025-02-28")));
  }

  @Test
  void webhooksAreListedByRunWithHowLongTheyTook() {
    // One every six seconds from ten minutes before the run, which took half a minute.
    assertThat(
        browser.texts("#card-deliveries tbody th, #card-deliveries tbody td"),
        is(List.of("1 Apr 2025, 02:00 UTC", "100", "6 min", "10 min", "11 min", "12 min")));
    assertThat(
        browser.text("#live-reach"),
        is(
            "The live figures are as of the event of 1 Apr 2025, 01:58 UTC, 3 stored events were"
                + " not counted yet."));
  }

  @Test
  void theCatalogueIsSearchedByColumn() {
    browser.go("catalogue");
    browser.driver().findElement(By.id("search")).sendKeys("churn_kind");

    assertThat(browser.texts(".index li a"), hasItem("fct_mrr_movements"));
    assertThat(browser.texts(".index li a"), not(hasItem("products")));
  }

  @Test
  void everyTableHasItsPageWithColumnsTestsAndSamples() {
    for (String table : Tables.all().stream().map(WarehouseTable::name).toList()) {
      browser.go("catalogue/" + table);
      assertThat(browser.text("#entry-title"), is(table));
      assertThat(browser.texts(".entry h2"), is(List.of("Columns", "Tests", "Sample rows")));
    }
    browser.go("catalogue/raw.customers");
    assertThat(browser.text(".samples"), not(containsString("ada@example.com")));
    assertThat(browser.text(".samples"), not(containsString("Ada Example")));
    assertThat(browser.text(".entry"), containsString("at least 5 rows"));
  }

  @Test
  void lineageIsTracedByKeyboardFromRawToMart() {
    browser.go("lineage");
    browser.run("document.querySelector('[data-table=\"raw.subscriptions\"]').focus()");
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
    browser.run("return new Promise((done) => requestAnimationFrame(done))");

    assertThat(browser.text(".traced h2"), is("raw.subscriptions"));
    assertThat(browser.count(".graph .picked"), is(1L));
    assertThat(browser.count(".graph a.after[data-table='marts.mrr_monthly']"), is(1L));
    assertThat(browser.count(".graph path.lit"), is(greaterThan(3L)));
    assertThat(browser.run("return document.activeElement.dataset.table"), is("raw.subscriptions"));
  }

  @Test
  void nothingIsWiderThanAPhone() {
    browser.resize(390, 844);
    for (String part :
        List.of("dashboard", "catalogue", "catalogue/marts.mrr_monthly", "lineage")) {
      browser.go(part);
      assertThat(
          part,
          (Long) browser.run("return document.documentElement.scrollWidth"),
          is(lessThanOrEqualTo(390L)));
    }
  }

  @Test
  void darkIsAChoiceThatChartsFollow() {
    String axis = "return document.querySelector('#chart-mrr svg text').getAttribute('fill')";
    Object light = browser.run(axis);
    browser.choose("#theme", "dark");

    assertThat(browser.run("return document.documentElement.dataset.shade"), is("dark"));
    assertThat(browser.run(axis), is(not(light)));
  }

  @Test
  void anEmptyWarehouseSaysThatItIsEmpty() throws IOException {
    browser.open(write(ExampleAccount.empty(folder.resolve("empty.duckdb")), "empty"), "dashboard");

    assertThat(browser.text("h1"), is("No figures yet"));
    assertThat(browser.text("#state-tests"), containsString("No tests have been run."));
    assertThat(browser.text("#card-mrr .empty"), is("No data: marts.mrr_monthly is empty."));
    assertThat(
        browser.text("#card-anomalies .empty"),
        containsString("No data: marts.metric_anomalies is empty."));
    assertThat(
        browser.text("#card-deliveries .empty"),
        containsString("No webhook was received: ops.deliveries is empty."));
    assertThat(
        browser.text("#card-restatements .empty"),
        is("No run has changed a figure that was published before."));
    assertThat(browser.count(".chart"), is(0L));
    for (String part : List.of("catalogue", "catalogue/marts.mrr_monthly", "lineage")) {
      browser.go(part);
    }
  }

  @Test
  void aMissingMartIsNamedWhereItsChartWouldStand() throws IOException {
    Path file = folder.resolve("partial.duckdb");
    Warehouse partial = ExampleAccount.of15Months(file);
    ExampleAccount.execute(file, "DROP TABLE marts.trial_funnel");
    browser.open(write(partial, "partial"), "dashboard");

    assertThat(
        browser.text("#card-funnel .empty"),
        containsString("marts.trial_funnel cannot be read from this warehouse"));
    assertThat(browser.count("#chart-mrr svg"), is(1L));
  }

  private static final String NEWEST = " WHERE segment = 'all' ORDER BY month DESC LIMIT 1";

  private static Path write(Warehouse warehouse, String directory) throws IOException {
    return ReportPage.write(
        Report.of(warehouse, ImmutableList.of(), ExampleAccount.APRIL), folder.resolve(directory));
  }

  private static String figure(String id) {
    return browser.text("[data-figure=" + id + "] .value");
  }

  private static Object one(String sql) {
    return warehouse.query(sql).value();
  }

  private static String money(Object value, int decimals) {
    NumberFormat format = NumberFormat.getCurrencyInstance(Locale.US);
    format.setCurrency(Currency.getInstance("EUR"));
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format((BigDecimal) value).replace('-', '−');
  }

  private static String whole(Object value) {
    return String.format(Locale.US, "%,d", (Long) value);
  }

  private static String percent(Object value) {
    return String.format(Locale.US, "%.1f%%", ((BigDecimal) value).movePointRight(2));
  }
}
