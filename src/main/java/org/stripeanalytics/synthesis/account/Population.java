package org.stripeanalytics.synthesis.account;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.chance.WeightedChoice;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.profile.Funding;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.Region;
import org.stripeanalytics.synthesis.profile.SignupOutcome;
import org.stripeanalytics.synthesis.profile.UnconvertedTrial;

/**
 * Everything about an account that its customers share, prepared once per process: the profile, its
 * weights ready to pick from, the signup process and the catalogue.
 */
public final class Population {
  private final SimulatedAccount account;
  private final Profile profile;
  private final String token;
  private final SignupProcess signups;
  private final Catalogue catalogue;
  private final DeclineModel declines;
  private final Incidents incidents;
  private final WeightedChoice<SignupOutcome> outcomes;
  private final WeightedChoice<UnconvertedTrial> unconverted;
  private final WeightedChoice<String> channels;
  private final WeightedChoice<String> feedback;
  private final WeightedChoice<Integer> pauseMonths;
  private final WeightedChoice<String> pauseBehaviors;
  private final WeightedChoice<String> offers;
  private final WeightedChoice<String> refundReasons;
  private final WeightedChoice<String> disputeReasons;

  private final RandomStream root;
  private final Map<Region, WeightedChoice<String>> countries = new EnumMap<>(Region.class);
  private final Map<Region, WeightedChoice<String>> plans = new EnumMap<>(Region.class);
  private final Map<String, WeightedChoice<String>> brands = new HashMap<>();

  public Population(SimulatedAccount account) {
    this.account = account;
    profile = account.profile();
    root = RandomStream.of(account.seed());
    token = StripeId.accountToken(root);
    signups =
        SignupProcess.of(
            profile, account.seed(), account.customers(), account.start(), account.zone());
    catalogue =
        new Catalogue(
            profile, root, token, account.start().atStartOfDay(account.zone()).toInstant());
    outcomes = WeightedChoice.of(profile.signups().outcomes());
    unconverted = WeightedChoice.of(profile.trial().unconverted());
    channels = WeightedChoice.of(profile.channels(), Profile.Channel::share);
    feedback = WeightedChoice.of(profile.churn().feedback());
    pauseMonths = WeightedChoice.of(profile.pauses().months());
    pauseBehaviors = WeightedChoice.of(profile.pauses().behaviors());
    offers = WeightedChoice.of(profile.coupons().offers(), Profile.Offer::weight);
    refundReasons = WeightedChoice.of(profile.refunds().reasons());
    disputeReasons = WeightedChoice.of(profile.disputes().reasons());
    profile
        .regions()
        .forEach(
            (region, part) -> {
              countries.put(region, WeightedChoice.of(part.countries()));
              plans.put(region, WeightedChoice.of(part.plans()));
            });
    profile.cards().brands().forEach((country, mix) -> brands.put(country, WeightedChoice.of(mix)));
    incidents = Incidents.of(profile.incidents(), account.zone());
    declines = new DeclineModel(profile, meanDeclineMultiplier());
  }

  public SimulatedAccount account() {
    return account;
  }

  public Profile profile() {
    return profile;
  }

  public String token() {
    return token;
  }

  public SignupProcess signups() {
    return signups;
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  public DeclineModel declines() {
    return declines;
  }

  public Incidents incidents() {
    return incidents;
  }

  public WeightedChoice<SignupOutcome> outcomes() {
    return outcomes;
  }

  public WeightedChoice<UnconvertedTrial> unconverted() {
    return unconverted;
  }

  public WeightedChoice<String> channels() {
    return channels;
  }

  public WeightedChoice<String> feedback() {
    return feedback;
  }

  public WeightedChoice<Integer> pauseMonths() {
    return pauseMonths;
  }

  public WeightedChoice<String> pauseBehaviors() {
    return pauseBehaviors;
  }

  public WeightedChoice<String> offers() {
    return offers;
  }

  public WeightedChoice<String> refundReasons() {
    return refundReasons;
  }

  public WeightedChoice<String> disputeReasons() {
    return disputeReasons;
  }

  /** What all objects of the account show, by its name in the templates of their JSON. */
  public Map<String, Object> constants() {
    return Map.of(
        "account_country", profile.account().country(),
        "account_name", profile.account().name(),
        "created", catalogue.created().getEpochSecond());
  }

  public RandomStream root() {
    return root;
  }

  public RandomStream customer(long index) {
    return root.fork("customer", index);
  }

  public String country(Region region, RandomStream stream) {
    return countries.get(region).pick(stream);
  }

  public Catalogue.Plan plan(Region region, RandomStream stream) {
    return catalogue.plan(plans.get(region).pick(stream));
  }

  public String brand(String country, RandomStream stream) {
    return brands.getOrDefault(country, brands.get("default")).pick(stream);
  }

  public Funding funding(Region region, String country, RandomStream stream) {
    return WeightedChoice.of(fundings(region, country)).pick(stream);
  }

  private Map<Funding, Double> fundings(Region region, String country) {
    Profile.Cards cards = profile.cards();
    double debit = cards.debit().getOrDefault(country, profile.regions().get(region).debitShare());
    Map<Funding, Double> shares = new LinkedHashMap<>();
    shares.put(Funding.CREDIT, (1 - debit) * (1 - cards.prepaid()));
    shares.put(Funding.DEBIT, debit * (1 - cards.prepaid()));
    shares.put(Funding.PREPAID, cards.prepaid());
    return shares;
  }

  /** Over regions, countries and kinds of card, as customers are spread over them. */
  private double meanDeclineMultiplier() {
    double[] mean = {0};
    profile
        .regions()
        .forEach(
            (region, part) ->
                part.countries()
                    .forEach(
                        (country, share) -> {
                          double funding =
                              fundings(region, country).entrySet().stream()
                                  .mapToDouble(
                                      e ->
                                          e.getValue()
                                              * profile
                                                  .payments()
                                                  .fundingMultipliers()
                                                  .getOrDefault(e.getKey(), 1.0))
                                  .sum();
                          mean[0] += part.share() * share * part.declineMultiplier() * funding;
                        }));
    return mean[0];
  }
}
