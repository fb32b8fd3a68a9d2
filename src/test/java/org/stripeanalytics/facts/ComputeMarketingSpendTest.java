package org.stripeanalytics.facts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.fold.TestTimelines.inWords;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.Snapshots;
import org.stripeanalytics.fold.terms.AdObject;
import org.stripeanalytics.fold.terms.AdObjects;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.model.raw.FacebookAdsBasicAd;
import org.stripeanalytics.model.raw.GoogleAdsCampaignStats;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.model.schema.RowCoder;

/** Spend by hand and of advertising platforms becomes one table. */
@ExtendWith(TestPipelineExtension.class)
class ComputeMarketingSpendTest {
  private static final String GOOGLE_ACCOUNT = "raw.google_ads_account_history";
  private static final String GOOGLE_CAMPAIGN = "raw.google_ads_campaign_history";
  private static final String FACEBOOK_ACCOUNT = "raw.facebook_ads_account_history";
  private static final String FACEBOOK_CAMPAIGN = "raw.facebook_ads_campaign_history";
  private static final String FACEBOOK_AD = "raw.facebook_ads_ad_history";

  private static final Catalog CATALOG =
      Snapshots.CATALOG.with(
          AdObjects.of(
              List.of(
                  account(GOOGLE_ACCOUNT, "777", "jpy", "Asia/Tokyo"),
                  campaign(GOOGLE_CAMPAIGN, "1", "2024-01-01", "brand"),
                  campaign(GOOGLE_CAMPAIGN, "1", "2024-03-01", "brand 2024"),
                  campaign(GOOGLE_CAMPAIGN, "2", "2024-03-01", "generic"),
                  account(FACEBOOK_ACCOUNT, "act_9", "usd", "America/New_York"),
                  campaign(FACEBOOK_CAMPAIGN, "30", "2024-01-01", "prospecting"),
                  ad("3001", "30"),
                  ad("3002", "30"))));

  @Test
  void devicesAndAdsOfACampaignAddUpBeforeTheyAreRounded(TestPipeline pipeline) {
    assertFacts(
        pipeline,
        List.of(
            google("2024-02-10", "777", "1", "MOBILE", "100.4"),
            google("2024-02-10", "777", "1", "DESKTOP", "200.4"),
            facebook("2024-02-10", "act_9", "3001", "1.005"),
            facebook("2024-02-10", "act_9", "3002", "1.005")),
        "2024-02-10 paid_search asia_pacific brand google_ads:777 jpy 301 211",
        "2024-02-10 paid_social north_america prospecting facebook_ads:act_9 usd 201 201");
  }

  @Test
  void ofTheSameRowTheNewestVersionCountsAndOneWithoutSpendIsNoFact(TestPipeline pipeline) {
    Expense before = facebook("2024-02-10", "act_9", "3001", "9.99");
    assertFacts(
        pipeline,
        List.of(
            before.toBuilder().setAmount(new BigDecimal("7.5")).setChangedAt(2).build(),
            before.toBuilder().setChangedAt(1).build(),
            facebook("2024-02-11", "act_9", "3001", "0")),
        "2024-02-10 paid_social north_america prospecting facebook_ads:act_9 usd 750 750");
  }

  @Test
  void aCampaignKeepsTheNameOfTheDayAndTheFirstKnownNameStandsForTheTimeBefore(
      TestPipeline pipeline) {
    assertFacts(
        pipeline,
        List.of(
            google("2024-02-29", "777", "1", "MOBILE", "10"),
            google("2024-03-01", "777", "1", "MOBILE", "10"),
            google("2024-02-29", "777", "2", "MOBILE", "10")),
        "2024-02-29 paid_search asia_pacific brand google_ads:777 jpy 10 7",
        "2024-03-01 paid_search asia_pacific brand 2024 google_ads:777 jpy 10 7",
        "2024-02-29 paid_search asia_pacific generic google_ads:777 jpy 10 7");
  }

  @Test
  void whatNoRowDescribesIsInTheReportingCurrencyAndGoesByItsId(TestPipeline pipeline) {
    assertFacts(
        pipeline,
        List.of(
            google("2024-02-10", "778", "55", "MOBILE", "1.5"),
            facebook("2024-02-10", null, "4001", "2.5")),
        "2024-02-10 paid_search unknown 55 google_ads:778 usd 150 150",
        "2024-02-10 paid_social unknown 4001 facebook_ads:unknown usd 250 250");
  }

  @Test
  void spendByHandKnowsNoCampaign(TestPipeline pipeline) {
    assertFacts(
        pipeline,
        List.of(
            ReadSpend.expense(
                Tables.MARKETING_SPEND,
                MarketingSpend.builder()
                    .setDay(day("2024-02-10"))
                    .setChannel("fairs")
                    .setRegion("europe")
                    .setAmount(3000)
                    .setCurrency("jpy")
                    .setSnapshotDate(day("2024-02-10"))
                    .setChangedAt(at("2024-02-10"))
                    .setSource("json")
                    .build())),
        "2024-02-10 fairs europe none none jpy 3000 2100");
  }

  @ParameterizedTest(name = "{0} is of {1}")
  @CsvSource({
    "America/New_York,US", "America/Sao_Paulo,BR", "Asia/Calcutta,IN", "Asia/Dubai,AE",
    "Atlantic/Canary,ES", "US/Pacific,US", "UTC,", ",",
  })
  void aZoneIsOfACountryWhateverContinentItIsNamedAfter(String zone, String country) {
    assertThat(ZoneCountries.of(zone), is(country));
  }

  private static void assertFacts(
      TestPipeline pipeline, List<Expense> expenses, String... expected) {
    PCollectionView<Iterable<Catalog>> catalog =
        pipeline
            .apply("Catalog", Create.of(CATALOG).withCoder(SerializableCoder.of(Catalog.class)))
            .apply("AsView", View.asIterable());
    PCollection<String> facts =
        pipeline
            .apply("Expenses", Create.of(expenses).withCoder(RowCoder.of(Expense.class)))
            .apply("ComputeMarketingSpend", ComputeMarketingSpend.of(catalog, "usd"))
            .apply(
                "InWords",
                inWords(
                    Tables.FCT_MARKETING_SPEND,
                    "day channel region campaign account currency amount_minor"
                        + " amount_reporting_minor"));
    PAssert.that(facts).containsInAnyOrder(Stream.of(expected).toList());
    pipeline.run().waitUntilFinish();
  }

  private static Expense google(
      String day, String account, String campaign, String device, String cost) {
    return ReadSpend.expense(
        Tables.GOOGLE_ADS_CAMPAIGN_STATS,
        GoogleAdsCampaignStats.builder()
            .setAccountId(account)
            .setDay(day(day))
            .setCampaignId(campaign)
            .setDevice(device)
            .setAdNetworkType("SEARCH")
            .setCost(new BigDecimal(cost))
            .setSnapshotDate(day(day))
            .setChangedAt(at(day))
            .setSource("json")
            .build());
  }

  private static Expense facebook(String day, String account, String ad, String spend) {
    return ReadSpend.expense(
        Tables.FACEBOOK_ADS_BASIC_AD,
        FacebookAdsBasicAd.builder()
            .setAdId(ad)
            .setDay(day(day))
            .setAccountId(account)
            .setSpend(new BigDecimal(spend))
            .setSnapshotDate(day(day))
            .setChangedAt(at(day))
            .setSource("json")
            .build());
  }

  private static AdObject account(String table, String id, String currency, String zone) {
    return known(table, id, "2024-01-01").setCurrency(currency).setZone(zone).build();
  }

  private static AdObject campaign(String table, String id, String since, String name) {
    return known(table, id, since).setName(name).build();
  }

  private static AdObject ad(String id, String campaign) {
    return known(FACEBOOK_AD, id, "2024-01-01").setCampaign(campaign).build();
  }

  private static AdObject.Builder known(String table, String id, String since) {
    return AdObject.builder().setTable(table).setId(id).setSince(day(since));
  }
}
