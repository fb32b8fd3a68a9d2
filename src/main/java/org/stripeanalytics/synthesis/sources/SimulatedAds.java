package org.stripeanalytics.synthesis.sources;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.stripeanalytics.attribution.LargestRemainder;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.CurrencyExponent;
import org.stripeanalytics.model.raw.FacebookAdsAccountHistory;
import org.stripeanalytics.model.raw.FacebookAdsAdHistory;
import org.stripeanalytics.model.raw.FacebookAdsBasicAd;
import org.stripeanalytics.model.raw.FacebookAdsBasicAdActions;
import org.stripeanalytics.model.raw.FacebookAdsCampaignHistory;
import org.stripeanalytics.model.raw.GoogleAdsAccountHistory;
import org.stripeanalytics.model.raw.GoogleAdsCampaignHistory;
import org.stripeanalytics.model.raw.GoogleAdsCampaignStats;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.synthesis.account.MarketingPlan;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Journal;
import org.stripeanalytics.synthesis.profile.Region;

/**
 * What advertising platforms report of the money that {@link MarketingPlan} spends on their
 * channels: Google of paid search, Facebook of paid social. Each has one account per region, whose
 * time zone is of that region, and the campaigns that {@link WebVisits} come by. A day's money is
 * divided among campaigns, and that of a campaign among devices or ads, so that parts add up to it
 * exactly. Prices of a click are assumed.
 */
public final class SimulatedAds {
  static final String SEARCH = "paid_search";
  static final String SOCIAL = "paid_social";

  /** Kept among major units of money by Google. */
  private static final int DECIMALS_OF_MICROS = 6;

  private static final double PRICE_OF_CLICK = 1.8;
  private static final int IMPRESSIONS_PER_CLICK = 45;

  /** Where a campaign of Google's is shown, and how much of it there. */
  private record Place(String device, String network, double share) {}

  private static final ImmutableList<Place> PLACES =
      ImmutableList.of(
          new Place("MOBILE", "SEARCH", 0.55),
          new Place("DESKTOP", "SEARCH", 0.35),
          new Place("MOBILE", "SEARCH_PARTNERS", 0.10));

  private static final double[] SHARES_OF_ADS = {0.7, 0.3};

  private static final ImmutableMap<Region, String> ZONES =
      ImmutableMap.of(
          Region.NORTH_AMERICA, "America/New_York",
          Region.EUROPE, "Europe/Berlin",
          Region.ASIA_PACIFIC, "Asia/Singapore");

  private final Population population;
  private final SourceCollector out;

  public SimulatedAds(Population population, SourceCollector out) {
    this.population = population;
    this.out = out;
  }

  /** Whether a platform reports the spend of a channel. */
  public static boolean reports(String channel) {
    return channel.equals(SEARCH) || channel.equals(SOCIAL);
  }

  /** Tells accounts, campaigns and ads, which are there from the first day on. */
  public void describe() {
    Instant begin =
        population.account().start().atStartOfDay(population.account().zone()).toInstant();
    for (Region region : Region.values()) {
      google(region, begin);
      facebook(region, begin);
    }
  }

  /** Tells what a platform reports of a day's spend on its channel. */
  public void report(MarketingSpend spend) {
    Region region = region(spend);
    ImmutableList<String> campaigns = WebVisits.CAMPAIGNS.get(spend.getChannel());
    RandomStream stream =
        population
            .root()
            .fork("ads")
            .fork(spend.getChannel() + " " + spend.getRegion(), spend.getDay().toEpochDay());
    double[] weights = campaigns.stream().mapToDouble(any -> 1 + stream.nextDouble()).toArray();
    List<BigDecimal> minor =
        LargestRemainder.divide(BigDecimal.valueOf(spend.getAmount()), 0, weights);
    for (int campaign = 0; campaign < campaigns.size(); campaign++) {
      BigDecimal amount =
          minor.get(campaign).movePointLeft(CurrencyExponent.of(spend.getCurrency()));
      if (amount.signum() == 0) {
        continue;
      }
      if (spend.getChannel().equals(SEARCH)) {
        google(region, campaign, amount, spend);
      } else {
        facebook(region, campaign, amount, spend);
      }
    }
  }

  private void google(Region region, Instant begin) {
    out.collect(
        Tables.GOOGLE_ADS_ACCOUNT_HISTORY,
        GoogleAdsAccountHistory.builder()
            .setId(googleAccount(region))
            .setName(population.profile().account().name() + " " + region.id())
            .setCurrencyCode(population.profile().account().currency())
            .setTimeZone(ZONES.get(region))
            .setUpdatedAt(begin)
            .setSnapshotDate(day(begin))
            .setChangedAt(begin)
            .setSource(Journal.SOURCE)
            .build(),
        begin);
    ImmutableList<String> campaigns = WebVisits.CAMPAIGNS.get(SEARCH);
    for (int campaign = 0; campaign < campaigns.size(); campaign++) {
      out.collect(
          Tables.GOOGLE_ADS_CAMPAIGN_HISTORY,
          GoogleAdsCampaignHistory.builder()
              .setId(campaign(googleAccount(region), campaign))
              .setAccountId(googleAccount(region))
              .setName(campaigns.get(campaign))
              .setStatus("ENABLED")
              .setChannelType("SEARCH")
              .setUpdatedAt(begin)
              .setSnapshotDate(day(begin))
              .setChangedAt(begin)
              .setSource(Journal.SOURCE)
              .build(),
          begin);
    }
  }

  private void google(Region region, int campaign, BigDecimal amount, MarketingSpend spend) {
    List<BigDecimal> costs =
        LargestRemainder.divide(
            amount, DECIMALS_OF_MICROS, PLACES.stream().mapToDouble(Place::share).toArray());
    for (int i = 0; i < PLACES.size(); i++) {
      long clicks = clicks(costs.get(i));
      out.collect(
          Tables.GOOGLE_ADS_CAMPAIGN_STATS,
          GoogleAdsCampaignStats.builder()
              .setAccountId(googleAccount(region))
              .setDay(spend.getDay())
              .setCampaignId(campaign(googleAccount(region), campaign))
              .setDevice(PLACES.get(i).device())
              .setAdNetworkType(PLACES.get(i).network())
              .setCost(costs.get(i))
              .setClicks(clicks)
              .setImpressions(clicks * IMPRESSIONS_PER_CLICK)
              .setSnapshotDate(spend.getSnapshotDate())
              .setChangedAt(spend.getChangedAt())
              .setSource(Journal.SOURCE)
              .build(),
          spend.getChangedAt());
    }
  }

  private void facebook(Region region, Instant begin) {
    String account = facebookAccount(region);
    out.collect(
        Tables.FACEBOOK_ADS_ACCOUNT_HISTORY,
        FacebookAdsAccountHistory.builder()
            .setId(account)
            .setName(population.profile().account().name() + " " + region.id())
            .setCurrencyCode(population.profile().account().currency())
            .setTimeZone(ZONES.get(region))
            .setSnapshotDate(day(begin))
            .setChangedAt(begin)
            .setSource(Journal.SOURCE)
            .build(),
        begin);
    ImmutableList<String> campaigns = WebVisits.CAMPAIGNS.get(SOCIAL);
    for (int campaign = 0; campaign < campaigns.size(); campaign++) {
      out.collect(
          Tables.FACEBOOK_ADS_CAMPAIGN_HISTORY,
          FacebookAdsCampaignHistory.builder()
              .setId(campaign(account, campaign))
              .setAccountId(account)
              .setName(campaigns.get(campaign))
              .setStatus("ACTIVE")
              .setUpdatedAt(begin)
              .setSnapshotDate(day(begin))
              .setChangedAt(begin)
              .setSource(Journal.SOURCE)
              .build(),
          begin);
      for (int ad = 0; ad < SHARES_OF_ADS.length; ad++) {
        out.collect(
            Tables.FACEBOOK_ADS_AD_HISTORY,
            FacebookAdsAdHistory.builder()
                .setId(ad(account, campaign, ad))
                .setAccountId(account)
                .setCampaignId(campaign(account, campaign))
                .setName(campaigns.get(campaign) + "_" + (ad + 1))
                .setUpdatedAt(begin)
                .setSnapshotDate(day(begin))
                .setChangedAt(begin)
                .setSource(Journal.SOURCE)
                .build(),
            begin);
      }
    }
  }

  private void facebook(Region region, int campaign, BigDecimal amount, MarketingSpend spend) {
    List<BigDecimal> costs = LargestRemainder.divide(amount, amount.scale(), SHARES_OF_ADS);
    for (int ad = 0; ad < costs.size(); ad++) {
      long clicks = clicks(costs.get(ad));
      String id = ad(facebookAccount(region), campaign, ad);
      out.collect(
          Tables.FACEBOOK_ADS_BASIC_AD,
          FacebookAdsBasicAd.builder()
              .setAdId(id)
              .setDay(spend.getDay())
              .setAccountId(facebookAccount(region))
              .setSpend(costs.get(ad))
              .setInlineLinkClicks(clicks)
              .setImpressions(clicks * IMPRESSIONS_PER_CLICK)
              .setSnapshotDate(spend.getSnapshotDate())
              .setChangedAt(spend.getChangedAt())
              .setSource(Journal.SOURCE)
              .build(),
          spend.getChangedAt());
      out.collect(
          Tables.FACEBOOK_ADS_BASIC_AD_ACTIONS,
          FacebookAdsBasicAdActions.builder()
              .setAdId(id)
              .setDay(spend.getDay())
              .setActionType("link_click")
              .setValue(BigDecimal.valueOf(clicks))
              .setSnapshotDate(spend.getSnapshotDate())
              .setChangedAt(spend.getChangedAt())
              .setSource(Journal.SOURCE)
              .build(),
          spend.getChangedAt());
    }
  }

  private static long clicks(BigDecimal cost) {
    return Math.round(cost.doubleValue() / PRICE_OF_CLICK);
  }

  private static Region region(MarketingSpend spend) {
    for (Region region : Region.values()) {
      if (region.id().equals(spend.getRegion())) {
        return region;
      }
    }
    throw new IllegalArgumentException("no account of the region " + spend.getRegion());
  }

  private static String googleAccount(Region region) {
    return String.valueOf(7_310_000_001L + region.ordinal());
  }

  private static String facebookAccount(Region region) {
    return String.valueOf(102_340_000_000_001L + region.ordinal());
  }

  private static String campaign(String account, int campaign) {
    return account + "0" + (campaign + 1);
  }

  private static String ad(String account, int campaign, int ad) {
    return campaign(account, campaign) + "0" + (ad + 1);
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, population.account().zone());
  }
}
