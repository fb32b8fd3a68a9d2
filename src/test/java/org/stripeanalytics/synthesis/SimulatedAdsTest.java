package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.ColumnValues;
import org.stripeanalytics.contract.SourceMapping.Ad;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.facts.ComputeMarketingSpend;
import org.stripeanalytics.facts.Expense;
import org.stripeanalytics.facts.ReadSpend;
import org.stripeanalytics.fold.terms.AdObject;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.CatalogTables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.life.CustomerHistory;
import org.stripeanalytics.synthesis.profile.ProfileReader;
import org.stripeanalytics.synthesis.sources.SimulatedAds;
import org.stripeanalytics.warehouse.RowSink;
import org.stripeanalytics.warehouse.SeedFile;

/** What an account spends does not depend on who reports it. */
class SimulatedAdsTest {
  private static final SimulatedAccount ACCOUNT =
      new SimulatedAccount(
          ProfileReader.defaults(),
          7,
          1_000,
          LocalDate.parse("2024-01-01"),
          LocalDate.parse("2024-04-01"),
          ZoneOffset.UTC);

  @Test
  void platformsReportToTheCentWhatTheSameAccountWouldWriteDownByHand() {
    Map<String, Long> byHand = new TreeMap<>();
    for (Expense expense : new Spent(false).expenses) {
      // Some days are loaded twice.
      byHand.put(
          expense.getDay() + " " + expense.getChannel() + " " + expense.getRegion(),
          expense.getAmount().movePointRight(2).longValueExact());
    }

    Map<String, Long> reported = new TreeMap<>();
    for (SpendFact row : new Spent(true).facts()) {
      reported.merge(
          row.getDay() + " " + row.getChannel() + " " + row.getRegion(),
          row.getAmountReportingMinor(),
          Long::sum);
    }
    assertThat(reported, is(byHand));
  }

  @Test
  void platformsKnowTheCampaignsThatVisitorsComeBy() {
    TreeSet<String> campaigns = new TreeSet<>();
    for (SpendFact row : new Spent(true).facts()) {
      campaigns.add(row.getChannel() + " " + row.getCampaign());
    }
    assertThat(
        campaigns,
        contains(
            "content none",
            "direct none",
            "organic none",
            "paid_search search_brand",
            "paid_search search_generic",
            "paid_social social_prospecting",
            "paid_social social_retargeting",
            "referral none"));
  }

  @Test
  void aDayOfACampaignHasSeveralRows() {
    Map<String, Integer> rows = new TreeMap<>();
    for (Expense expense : new Spent(true).expenses) {
      if (SimulatedAds.reports(expense.getChannel())) {
        rows.merge(expense.getDay() + " " + expense.getChannel(), 1, Integer::sum);
      }
    }
    assertThat(rows.values(), everyItem(greaterThan(6)));
  }

  /** What raw tables say of the spend of the account. */
  private static final class Spent implements RowSink {
    final List<Expense> expenses = new ArrayList<>();
    final List<AdObject> ads = new ArrayList<>();

    Spent(boolean sources) {
      CustomerHistory history = CustomerHistory.of(ACCOUNT);
      RowCollector collector =
          new RowCollector(
              history.population(),
              null,
              DataInterval.of(ACCOUNT.start(), ACCOUNT.end()),
              this,
              sources,
              false);
      collector.collectSources();
      history.simulateMarketing(collector::collect);
    }

    List<SpendFact> facts() {
      Catalog catalog =
          Catalog.of(
              CatalogTables.builder().setAdObjects(ads).build(),
              SeedFile.of(Tables.FX_RATES).rows(),
              SeedFile.of(Tables.GEOGRAPHY).rows());
      return ComputeMarketingSpend.among(expenses, catalog, "usd");
    }

    @Override
    public <T> void put(WarehouseTable<T> table, T row) {
      if (ReadSpend.tables().contains(table)) {
        expenses.add(ReadSpend.expense(table, row));
      }
      table.contract().source().map(source -> source.ad()).ifPresent(ad -> put(table, ad, row));
    }

    private <T> void put(WarehouseTable<T> table, Ad ad, T row) {
      ColumnValues<T> values = new ColumnValues<>(table);
      ads.add(
          AdObject.builder()
              .setTable(table.name())
              .setId(values.text(row, ad.id()))
              .setSince(values.day(row, "_snapshot_date"))
              .setCurrency(values.text(row, ad.currency()))
              .setZone(values.text(row, ad.zone()))
              .setName(values.text(row, ad.name()))
              .setCampaign(ad.of() == null ? null : values.text(row, ad.of().column()))
              .build());
    }
  }
}
