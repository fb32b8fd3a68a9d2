package org.stripeanalytics.warehouse;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.model.seeds.Geography;

class SeedFileTest {

  @Test
  void everyCountryIsListedOnceUnderOneOfFourRegions() {
    List<Geography> countries = SeedFile.of(Tables.GEOGRAPHY).rows();

    assertThat(countries.stream().map(Geography::getCountry).collect(toSet()), hasSize(249));
    assertThat(
        countries.stream().map(Geography::getRegion).collect(toSet()),
        equalTo(Set.of("north_america", "europe", "asia_pacific", "other")));
    assertThat(
        countries,
        hasItem(
            Geography.builder()
                .setCountry("MX")
                .setCountryName("Mexico")
                .setRegion("north_america")
                .build()));
  }

  @Test
  void theDollarIsWorthOne() {
    assertThat(
        SeedFile.of(Tables.FX_RATES).rows(),
        hasItem(FxRate.builder().setCurrency("usd").setRate(BigDecimal.ONE).build()));
  }

  @Test
  void aTableWithoutASeedFileIsRefused() {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> SeedFile.of(Tables.MRR_MONTHLY).rows());
    assertThat(refusal.getMessage(), containsString("schemas/marts/mrr_monthly.csv"));
  }
}
