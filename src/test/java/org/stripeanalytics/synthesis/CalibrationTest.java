package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.life.CustomerHistory;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.Region;

/** Recovers the rates of the default profile from the objects of 50,000 customers. */
class CalibrationTest {
  private static final long CUSTOMERS = 50_000;

  /** Standard deviations on either side that hold 99.9 % of a normal distribution. */
  private static final double Z = 3.29;

  private static final SimulatedAccount ACCOUNT = Simulations.account(1, CUSTOMERS);
  private static final Profile PROFILE = ACCOUNT.profile();
  private static Census census;
  private static CustomerHistory history;

  @BeforeAll
  static void count() {
    history = Simulations.history(ACCOUNT);
    census = new Census(ACCOUNT);
    for (long index = 0; index < CUSTOMERS; index++) {
      census.count(history, index);
    }
  }

  @TestFactory
  Stream<DynamicTest> aRateIsThatOfTheProfile() {
    return census.rates.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      Census.Rate rate = entry.getValue();
                      assertThat(rate.expected, greaterThan(5.0));
                      assertThat(
                          (double) rate.happened,
                          closeTo(rate.expected, Z * Math.sqrt(rate.variance) + 0.5));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aMixIsThatOfTheProfile() {
    Map<String, Map<String, Double>> expected = new LinkedHashMap<>();
    expected.put("outcome", named(PROFILE.signups().outcomes()));
    expected.put("channel", named(PROFILE.channels(), Profile.Channel::share));
    expected.put("coupon", named(PROFILE.coupons().offers(), Profile.Offer::weight));
    expected.put("feedback", PROFILE.churn().feedback());
    expected.put("unconverted", named(PROFILE.trial().unconverted()));
    expected.put("brand US", PROFILE.cards().brands().get("US"));
    expected.put("brand JP", PROFILE.cards().brands().get("JP"));
    expected.put("region", named(PROFILE.regions(), Profile.RegionProfile::share));
    PROFILE
        .regions()
        .forEach(
            (region, part) -> {
              expected.put("country " + region.id(), part.countries());
              expected.put("plan " + region.id(), part.plans());
            });
    return expected.entrySet().stream()
        .map(
            mix ->
                DynamicTest.dynamicTest(
                    mix.getKey(), () -> fits(census.mixes.get(mix.getKey()), mix.getValue())));
  }

  @Test
  void signupsFollowGrowthAndSeasonMonthByMonthAndRegionByRegion() {
    Map<String, Long> counted = new HashMap<>();
    Population population = history.population();
    for (long index = 0; index < CUSTOMERS; index++) {
      Instant signup = population.signups().signup(index);
      Region region =
          population.signups().region(signup, population.customer(index).fork("traits"));
      LocalDate day = LocalDate.ofInstant(signup, ZoneOffset.UTC);
      counted.merge(region.id() + day.withDayOfMonth(1), 1L, Long::sum);
    }
    Map<String, Double> expected = new HashMap<>();
    for (Region region : Region.values()) {
      for (LocalDate month = Simulations.START;
          month.isBefore(Simulations.END);
          month = month.plusMonths(1)) {
        expected.put(
            region.id() + month,
            population
                    .signups()
                    .expected(
                        region,
                        month.atStartOfDay(ZoneOffset.UTC).toInstant(),
                        month.plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                / CUSTOMERS);
      }
    }
    fits(counted, expected);
  }

  @Test
  void declinesRecoveryAndInvoluntaryChurnAreTied() {
    double declined = (double) census.declined / census.firstAttempts;
    double recovered = (double) census.recovered / census.declined;
    double lost = (double) census.exhausted / census.firstAttempts;

    assertThat(declined, closeTo(PROFILE.payments().firstAttemptDecline(), 0.003));
    assertThat(recovered, closeTo(PROFILE.payments().recovery(), 0.02));
    assertThat(
        lost,
        closeTo(
            PROFILE.payments().firstAttemptDecline() * (1 - PROFILE.payments().recovery()),
            0.0015));
  }

  /** Pearson's chi-square below its 99.9 % quantile, by Wilson and Hilferty's approximation. */
  private static void fits(Map<String, Long> counted, Map<String, Double> shares) {
    long total = counted.values().stream().mapToLong(Long::longValue).sum();
    double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    double chiSquare = 0;
    for (Map.Entry<String, Double> share : shares.entrySet()) {
      double expected = share.getValue() / sum * total;
      double off = counted.getOrDefault(share.getKey(), 0L) - expected;
      chiSquare += off * off / expected;
    }
    int degrees = shares.size() - 1;
    double spread = 2.0 / (9 * degrees);
    assertThat(chiSquare, lessThan(degrees * Math.pow(1 - spread + 3.09 * Math.sqrt(spread), 3)));
  }

  private static <K> Map<String, Double> named(Map<K, Double> shares) {
    return named(shares, share -> share);
  }

  private static <K, V> Map<String, Double> named(
      Map<K, V> parts, java.util.function.ToDoubleFunction<V> share) {
    return parts.entrySet().stream()
        .collect(
            Collectors.toMap(
                part ->
                    part.getKey().toString().equals(part.getKey())
                        ? (String) part.getKey()
                        : part.getKey().toString().toLowerCase(java.util.Locale.ROOT),
                part -> share.applyAsDouble(part.getValue())));
  }
}
