package org.stripeanalytics.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.warehouse.Warehouse;

class ReportTest {
  private static final PipelineTask TRANSFORM =
      new PipelineTask(
          "transform",
          "computes",
          "the-data-team",
          "30 2 * * * UTC",
          ImmutableList.of("raw.customers"),
          ImmutableList.of("marts.mrr_monthly"));

  @TempDir Path folder;

  @Test
  void theFrameSaysPeriodAsOfAndPolicies() throws IOException {
    ReportFrame frame = report(filled()).frame();

    assertThat(frame.firstMonth(), is(Optional.of(LocalDate.of(2024, 1, 1))));
    assertThat(frame.lastMonth(), is(Optional.of(LocalDate.of(2025, 3, 1))));
    assertThat(frame.asOf(), is(Optional.of(LocalDate.of(2025, 4, 1))));
    assertThat(frame.currency(), is("eur"));
    assertThat(
        frame.run().orElseThrow().policies(),
        contains(
            new ComputingRun.Policy("mrrDiscounts", "forever"),
            new ComputingRun.Policy("includePastDue", "true"),
            new ComputingRun.Policy("reportingCurrency", "eur")));
  }

  @Test
  void everyMartGivesItsExtract() throws IOException {
    Report report = report(filled());

    assertThat(
        report.marts().values().stream().map(MartExtract::problem).toList(),
        everyItem(is(nullValue())));
    assertThat(
        report.marts().values().stream().map(MartExtract::rows).toList(),
        everyItem(is(not(empty()))));
    assertThat(report.marts().get("countries").rows(), hasSize(4));
    assertThat(report.marts().get("revenue_monthly").rows(), hasSize(15 * 7));
  }

  @Test
  void aCohortIsOneRowOfItsTriangle() throws IOException {
    List<Cohorts.Cohort> all =
        report(filled()).cohorts().cohorts().stream()
            .filter(cohort -> cohort.segment().equals("all"))
            .toList();

    assertThat(all, hasSize(15));
    assertThat(all.get(13).month(), is(LocalDate.of(2025, 2, 1)));
    assertThat(all.get(13).size(), is(40L));
    assertThat(
        all.get(13).revenue().stream().map(BigDecimal::stripTrailingZeros).toList(),
        contains(BigDecimal.ONE, new BigDecimal("0.95")));
  }

  @Test
  void onlyTheNewestRunOfTheTestsCounts() throws IOException {
    DataTests tests = report(filled()).tests();

    assertThat(tests.results(), hasSize(3));
    assertThat(
        tests.results().stream().filter(r -> !r.passed()).map(DataTests.Result::table).toList(),
        contains("raw.customers"));
  }

  @Test
  void theCatalogueJoinsContractWarehouseAndManifest() throws IOException {
    CatalogueTable table = table(report(filled()), "marts.mrr_monthly");

    assertThat(table.key(), contains("month", "segment", "segment_value"));
    assertThat(table.partitioning(), is("month, one partition a month"));
    assertThat(table.owner(), is("the-data-team"));
    assertThat(table.rows(), is(15L * 9));
    assertThat(table.tests(), hasSize(2));
    assertThat(table.samples().rows(), hasSize(5));
  }

  @Test
  void sampleRowsDoNotSayWhoAPersonIs() throws IOException {
    List<Object> row = table(report(filled()), "raw.customers").samples().rows().get(0);

    assertThat(row.toString(), not(containsString("ada")));
    assertThat(row.toString(), not(containsString("Ada")));
    assertThat(row.toString(), containsString("organic"));
  }

  @Test
  void freshnessCountsTheDaysToTheEndOfTheFigures() throws IOException {
    Freshness customers =
        report(filled()).freshness().stream()
            .filter(table -> table.table().equals("raw.customers"))
            .findFirst()
            .orElseThrow();

    assertThat(customers.daysBehind(), is(1L));
  }

  @Test
  void aMartThatIsMissingIsNamedAndLeavesTheOthersAlone() throws IOException {
    Warehouse warehouse = filled();
    ExampleAccount.execute(file(), "DROP TABLE marts.trial_funnel");

    Report report = report(warehouse);

    assertThat(report.marts().get("trial_funnel").problem(), containsString("trial_funnel"));
    assertThat(report.marts().get("mrr_monthly").rows(), hasSize(15 * 7));
  }

  @Test
  void anEmptyWarehouseGivesAReportWithoutFigures() {
    Report report = report(ExampleAccount.empty(file()));

    assertThat(report.frame().asOf(), is(Optional.empty()));
    assertThat(report.frame().run(), is(Optional.empty()));
    assertThat(report.tests().results(), is(empty()));
    assertThat(report.cohorts().cohorts(), is(empty()));
    assertThat(report.marts().get("mrr_monthly").rows(), is(empty()));
    assertThat(ReportPage.render(report), containsString("</html>"));
  }

  @Test
  void theSameWarehouseGivesTheSamePage() throws IOException {
    Warehouse warehouse = filled();
    assertThat(
        ReportPage.render(report(warehouse)).equals(ReportPage.render(report(warehouse))),
        is(true));
  }

  private Path file() {
    return folder.resolve("stripe.duckdb");
  }

  private Warehouse filled() throws IOException {
    return ExampleAccount.of15Months(file());
  }

  private static Report report(Warehouse warehouse) {
    return Report.of(warehouse, ImmutableList.of(TRANSFORM), ExampleAccount.APRIL);
  }

  private static CatalogueTable table(Report report, String name) {
    return report.tables().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }
}
