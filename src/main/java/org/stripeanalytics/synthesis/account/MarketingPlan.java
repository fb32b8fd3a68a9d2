package org.stripeanalytics.synthesis.account;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Journal;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.Region;

/**
 * What the account spends on acquiring customers: per day, channel and region what the signups to
 * be expected there cost at the channel's price, with a noise of its own. It knows the expectation
 * and not the draws, as a budget does.
 */
public final class MarketingPlan {
  private final Population population;

  public MarketingPlan(Population population) {
    this.population = population;
  }

  /** Rows of every day from {@code first} to {@code end}, excluded, on which money is spent. */
  public void spend(LocalDate first, LocalDate end, Consumer<MarketingSpend> rows) {
    for (LocalDate day = first; day.isBefore(end); day = day.plusDays(1)) {
      RandomStream stream = population.root().fork("marketing", day.toEpochDay());
      ZoneId zone = population.account().zone();
      Instant from = day.atStartOfDay(zone).toInstant();
      Instant to = day.plusDays(1).atStartOfDay(zone).toInstant();
      for (Region region : Region.values()) {
        double payers =
            population.signups().expected(region, from, to)
                * population.profile().marketing().payersPerSignup();
        for (String channel : population.profile().channels().keySet()) {
          spend(day, to, region, channel, payers, stream, rows);
        }
      }
    }
  }

  private void spend(
      LocalDate day,
      Instant dayEnd,
      Region region,
      String channel,
      double payers,
      RandomStream stream,
      Consumer<MarketingSpend> rows) {
    Profile.Channel terms = population.profile().channels().get(channel);
    double noise = population.profile().marketing().dailyNoise();
    double factor = stream.nextLogNormal(StrictMath.exp(-noise * noise / 2), noise);
    long amount = Math.round(payers * terms.share() * terms.costPerCustomer() * factor);
    if (amount > 0) {
      rows.accept(
          MarketingSpend.builder()
              .setDay(day)
              .setChannel(channel)
              .setRegion(region.id())
              .setAmount(amount)
              .setCurrency(population.profile().account().currency())
              .setSnapshotDate(day)
              .setChangedAt(dayEnd.minusSeconds(1))
              .setSource(Journal.SOURCE)
              .build());
    }
  }
}
