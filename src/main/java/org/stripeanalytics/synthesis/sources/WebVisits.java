package org.stripeanalytics.synthesis.sources;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.WebSession;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.model.truth.TrueIdentity;
import org.stripeanalytics.synthesis.account.People;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Journal;

/**
 * The visits to the website that led to a signup, and those of visitors about that time who did not
 * sign up: journeys are drawn from {@link VisitorModel} until one ends in a signup, which is the
 * customer's. So signups are to visitors as the model says, though who signs up was decided before.
 */
public final class WebVisits {
  /** A customer who was that unlikely to sign up does so all the same. */
  private static final int MOST_TRIES = 12;

  private static final double NAMES_CUSTOMER = 0.85;
  private static final double MEDIAN_DAYS_BETWEEN = 3;
  private static final double SPREAD = 0.8;
  private static final int DAYS_AROUND = 15;
  private static final int SECONDS_PER_DAY = 86_400;

  /** What the first page's address says: utm_source, utm_medium, referrer. */
  private record Origin(
      @Nullable String source, @Nullable String medium, @Nullable String referrer) {}

  private static final ImmutableMap<String, Origin> ORIGINS =
      ImmutableMap.<String, Origin>builder()
          .put("content", new Origin("newsletter", "content", null))
          .put("paid_social", new Origin("facebook", "paid_social", "https://www.facebook.com/"))
          .put("organic", new Origin(null, null, "https://www.google.com/"))
          .put("referral", new Origin(null, null, "https://partner.example.net/"))
          .put("paid_search", new Origin("google", "cpc", "https://www.google.com/"))
          .put("direct", new Origin(null, null, null))
          .buildOrThrow();

  /** The campaigns of a channel, as {@code utm_campaign} has them. */
  static final ImmutableMap<String, ImmutableList<String>> CAMPAIGNS =
      ImmutableMap.of(
          "paid_search", ImmutableList.of("search_brand", "search_generic"),
          "paid_social", ImmutableList.of("social_prospecting", "social_retargeting"),
          "content", ImmutableList.of("guides"));

  private final Population population;
  private final long index;
  private final CustomerTruth truth;
  private final SourceCollector out;

  private WebVisits(Population population, long index, CustomerTruth truth, SourceCollector out) {
    this.population = population;
    this.index = index;
    this.truth = truth;
    this.out = out;
  }

  /** Tells the visits of a customer and of those who might have become one. */
  public static void simulate(
      Population population, long index, CustomerTruth truth, SourceCollector out) {
    new WebVisits(population, index, truth, out).simulate();
  }

  private void simulate() {
    RandomStream visitors = population.customer(index).fork("website");
    for (int visitor = 0; visitor < MOST_TRIES; visitor++) {
      RandomStream stream = visitors.fork("visitor", visitor);
      ImmutableList<String> journey = VisitorModel.journey(stream);
      boolean signsUp =
          stream.chance(VisitorModel.probability(journey)) || visitor == MOST_TRIES - 1;
      Instant last =
          signsUp
              ? truth.getSignedUpAt().minusSeconds(stream.between(60, 1_800))
              : truth
                  .getSignedUpAt()
                  .plusSeconds(
                      stream.between(
                          -DAYS_AROUND * SECONDS_PER_DAY, DAYS_AROUND * SECONDS_PER_DAY));
      visits("v" + Long.toString(index, 36) + "-" + visitor, journey, last, signsUp, stream);
      if (signsUp) {
        return;
      }
    }
  }

  private void visits(
      String browser,
      ImmutableList<String> journey,
      Instant last,
      boolean signsUp,
      RandomStream stream) {
    Instant at = last;
    for (int i = journey.size() - 1; i >= 0; i--) {
      boolean knows = signsUp && i == journey.size() - 1;
      visit(browser, i, journey.get(i), at, knows, stream);
      at =
          at.minus(
              Duration.ofMinutes(
                  Math.round(stream.nextLogNormal(MEDIAN_DAYS_BETWEEN, SPREAD) * 1_440)));
    }
    if (signsUp && last.isBefore(population.account().endInstant())) {
      out.collect(
          TrueIdentity.builder()
              .setSource("web")
              .setObject("web_session")
              .setSourceId(browser)
              .setCustomerId(truth.getCustomer())
              .setTrouble("none")
              .build());
    }
  }

  private void visit(
      String browser, int place, String channel, Instant at, boolean knows, RandomStream stream) {
    Origin origin = ORIGINS.get(channel);
    ImmutableList<String> campaigns = CAMPAIGNS.get(channel);
    String campaign = campaigns == null ? null : campaigns.get(stream.nextInt(campaigns.size()));
    String user =
        stream.chance(NAMES_CUSTOMER)
            ? truth.getCustomer()
            : People.of(truth.getCountry()).pick(population.customer(index).fork("person")).email();
    if (!at.isBefore(population.account().endInstant())) {
      return;
    }
    LocalDate day = LocalDate.ofInstant(at, population.account().zone());
    out.collect(
        Tables.WEB_SESSION,
        WebSession.builder()
            .setSessionId(browser + "-" + place)
            .setAnonymousId(browser)
            .setUserId(knows ? user : null)
            .setStartedAt(at)
            .setUtmSource(origin.source())
            .setUtmMedium(origin.medium())
            .setUtmCampaign(campaign)
            .setReferrer(origin.referrer())
            .setLandingPage("/")
            .setCountry(truth.getCountry())
            .setSnapshotDate(day)
            .setChangedAt(at)
            .setSource(Journal.SOURCE)
            .build(),
        at);
  }
}
