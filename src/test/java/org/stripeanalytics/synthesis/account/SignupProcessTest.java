package org.stripeanalytics.synthesis.account;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.synthesis.Simulations;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.ProfileReader;
import org.stripeanalytics.synthesis.profile.Region;

class SignupProcessTest {
  private static final int CUSTOMERS = 20_000;

  private final SignupProcess process = process(ProfileReader.defaults());

  @Test
  void aLaterCustomerSignsUpNoEarlier() {
    Instant before = Simulations.START.atStartOfDay(ZoneOffset.UTC).toInstant();
    for (int i = 0; i < CUSTOMERS; i++) {
      Instant signup = process.signup(i);
      assertThat(signup, greaterThanOrEqualTo(before));
      before = signup;
    }
    assertThat(before, lessThan(process.horizon()));
  }

  @Test
  void theTotalsOfTheYearsGrowAsTheProfileSays() {
    int[] totals = new int[5];
    for (int i = 0; i < CUSTOMERS; i++) {
      totals[process.signup(i).atOffset(ZoneOffset.UTC).getYear() - 2021]++;
    }
    double[] growth = {0.60, 0.45, 0.32, 0.24};
    for (int year = 1; year < 5; year++) {
      assertThat((double) totals[year] / totals[year - 1], closeTo(1 + growth[year - 1], 0.06));
    }
  }

  @Test
  void theRegionsHaveTheirShares() {
    Map<Region, Integer> counts = new EnumMap<>(Region.class);
    for (int i = 0; i < CUSTOMERS; i++) {
      Region region = process.region(process.signup(i), RandomStream.of(i));
      counts.merge(region, 1, Integer::sum);
    }
    assertThat(counts.get(Region.NORTH_AMERICA) / (double) CUSTOMERS, closeTo(0.45, 0.012));
    assertThat(counts.get(Region.EUROPE) / (double) CUSTOMERS, closeTo(0.35, 0.012));
    assertThat(counts.get(Region.ASIA_PACIFIC) / (double) CUSTOMERS, closeTo(0.20, 0.012));
  }

  @Test
  void theExpectedSignupsOfAllRegionsAreTheCustomers() {
    Instant start = Simulations.START.atStartOfDay(ZoneOffset.UTC).toInstant();
    double expected = 0;
    for (Region region : Region.values()) {
      expected += process.expected(region, start, process.horizon());
    }
    assertThat(expected, closeTo(CUSTOMERS, 1e-6));
  }

  @Test
  void customersBeforeAnEndAreThoseWhoSignUpBeforeIt() {
    Instant end = Instant.parse("2022-07-01T00:00:00Z");
    long counted = process.customersBefore(end);

    long signedUp = 0;
    while (signedUp < CUSTOMERS && process.signup(signedUp).isBefore(end)) {
      signedUp++;
    }
    assertThat(counted - signedUp, greaterThanOrEqualTo(0L));
    assertThat(counted - signedUp, lessThan(3L));
    assertThat(process.customersBefore(Instant.parse("2020-01-01T00:00:00Z")), is(0L));
  }

  @Test
  void holidaysDampTheRegionsTheyBelongTo() {
    Profile.Holiday none = ProfileReader.defaults().signups().holidays().get(0);
    assertThat(none.name(), equalTo("european summer"));
    SignupProcess without = process(ProfileReader.overriding("signups: {holidays: []}"));
    Instant august = Instant.parse("2023-08-01T00:00:00Z");
    Instant september = Instant.parse("2023-09-01T00:00:00Z");

    double europe =
        process.expected(Region.EUROPE, august, september)
            / without.expected(Region.EUROPE, august, september);
    double america =
        process.expected(Region.NORTH_AMERICA, august, september)
            / without.expected(Region.NORTH_AMERICA, august, september);
    assertThat(europe / america, closeTo(0.86, 0.02));
  }

  private static SignupProcess process(Profile profile) {
    return SignupProcess.of(profile, 5, CUSTOMERS, Simulations.START, ZoneId.of("UTC"));
  }
}
