package org.stripeanalytics.dimensions;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.customer;
import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.fold.Snapshots.professional;
import static org.stripeanalytics.fold.TestTimelines.inWords;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.Snapshots;
import org.stripeanalytics.fold.TestTimelines;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.model.raw.Price;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.model.raw.Recurring;
import org.stripeanalytics.model.seeds.Geography;

/** Each dimension has its members and the unknown one, with which no join drops a fact. */
@ExtendWith(TestPipelineExtension.class)
class SmallDimensionsTest {

  @Test
  void productsPricesAndCountriesAreDescribed() {
    assertThat(
        inWords(
            Tables.DIM_PRODUCT,
            "product_id name plan is_active",
            ComputeDimProduct.rows(List.of(product("prod_starter", "Starter")))),
        contains("prod_starter Starter starter true", "unknown unknown unknown -"));
    assertThat(
        inWords(
            Tables.DIM_PRICE,
            "price_id currency unit_amount_minor recurring_interval",
            ComputeDimPrice.rows(
                List.of(price("price_1", "prod_starter"), price("price_2", "prod_gone")),
                Snapshots.CATALOG)),
        contains("price_1 jpy 3000 month", "price_2 jpy 3000 month", "unknown - - -"));
    assertThat(
        inWords(
            Tables.DIM_GEOGRAPHY,
            "country country_name region",
            ComputeDimGeography.rows(
                List.of(
                    Geography.builder()
                        .setCountry("JP")
                        .setCountryName("Japan")
                        .setRegion("asia_pacific")
                        .build()))),
        contains("JP Japan asia_pacific", "unknown unknown unknown"));
    assertThat(
        inWords(
            Tables.DIM_SUBSCRIPTION,
            "subscription_id status plan is_ending cancels_at _as_of",
            List.of(ComputeDimSubscription.unknown())),
        contains("unknown unknown unknown - - 1970-01-01"));
    assertThat(
        inWords(Tables.DIM_CHANNEL, "channel _as_of", List.of(ComputeDimChannel.unknown())),
        contains("unknown 1970-01-01"));
  }

  @Test
  void subscriptionsAreAsTheirNewestVersionsSayAndChannelsAreThoseOfSignupsAndSpend(
      TestPipeline pipeline) {
    PCollection<CustomerTimeline> timelines =
        TestTimelines.in(
            pipeline,
            List.of(Timelines.of(Snapshots.CATALOG, MetricPolicies.defaults(), changes())));
    PCollection<SpendFact> spend =
        pipeline.apply(
            "Spend",
            Create.of(spend("2024-02-29", "ads"), spend("2024-03-01", "ads"))
                .withCoder(Tables.FCT_MARKETING_SPEND.coder()));

    PAssert.that(
            timelines
                .apply("ComputeDimSubscription", ComputeDimSubscription.create())
                .apply(
                    "DIM_SUBSCRIPTION in words",
                    inWords(
                        Tables.DIM_SUBSCRIPTION,
                        "subscription_id status plan current_period_ends_at is_ending cancels_at"
                            + " _as_of")))
        .containsInAnyOrder(
            "sub_1 active professional 2024-02-01T00:00:00Z true 2024-04-30T00:00:00Z 2024-03-31");
    PAssert.that(
            timelines
                .apply("ComputeDimChannel", ComputeDimChannel.of(spend, ZoneOffset.UTC))
                .apply("DIM_CHANNEL in words", inWords(Tables.DIM_CHANNEL, "channel _as_of")))
        .containsInAnyOrder("organic_search 2024-02-29", "ads 2024-03-01");
    pipeline.run().waitUntilFinish();
  }

  private static List<Change> changes() {
    List<Change> changes =
        new ArrayList<>(
            aSubscription()
                .active("2024-02-29")
                .on(professional())
                .cancelsAt("2024-03-31", "2024-04-30")
                .changes());
    changes.add(customer("cus_1", "2024-02-29", "US"));
    return changes;
  }

  private static Product product(String id, String name) {
    return Product.builder()
        .setId(id)
        .setName(name)
        .setActive(true)
        .setType("service")
        .setCreated(at("2024-01-01"))
        .setUpdated(at("2024-01-01"))
        .setLivemode(true)
        .setSnapshotDate(day("2024-01-01"))
        .setChangedAt(at("2024-01-01"))
        .setSource("json")
        .build();
  }

  private static Price price(String id, String product) {
    return Price.builder()
        .setId(id)
        .setProduct(product)
        .setActive(true)
        .setCurrency("jpy")
        .setType("recurring")
        .setBillingScheme("per_unit")
        .setUnitAmount(3000L)
        .setRecurring(
            Recurring.builder()
                .setInterval("month")
                .setIntervalCount(1)
                .setUsageType("licensed")
                .build())
        .setCreated(at("2024-01-01"))
        .setLivemode(true)
        .setSnapshotDate(day("2024-01-01"))
        .setChangedAt(at("2024-01-01"))
        .setSource("json")
        .build();
  }

  private static SpendFact spend(String day, String channel) {
    return SpendFact.builder()
        .setDay(day(day))
        .setChannelKey(SurrogateKey.of(channel))
        .setChannel(channel)
        .setRegion("asia_pacific")
        .setCampaign("none")
        .setAccount("none")
        .setCurrency("jpy")
        .setAmountMinor(3000)
        .setAmountReportingMinor(2100)
        .setAsOf(day(day))
        .build();
  }
}
