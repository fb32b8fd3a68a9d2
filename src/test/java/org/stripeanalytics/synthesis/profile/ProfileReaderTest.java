package org.stripeanalytics.synthesis.profile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileReaderTest {

  @Test
  void theDefaultProfileHasTheRegionsAndPlansOfTheProduct() {
    Profile profile = ProfileReader.defaults();

    assertThat(profile.regions().get(Region.NORTH_AMERICA).share(), is(0.45));
    assertThat(profile.regions().get(Region.EUROPE).share(), is(0.35));
    assertThat(profile.regions().get(Region.ASIA_PACIFIC).share(), is(0.20));
    assertThat(profile.plans().get("starter").monthlyPrice(), is(2000L));
    assertThat(profile.plans().get("professional").monthlyPrice(), is(5000L));
  }

  @Test
  void anOverrideChangesItsKeyAndNothingElse() {
    Profile changed = ProfileReader.overriding("trial: {conversion: 0.5}");

    assertThat(changed.trial().conversion(), is(0.5));
    assertThat(changed.trial().days(), is(14));
    assertThat(changed.churn(), equalTo(ProfileReader.defaults().churn()));
  }

  @Test
  void weightsAreTakenWhole() {
    Profile changed = ProfileReader.overriding("cards: {brands: {US: {visa: 1.0}}}");

    assertThat(changed.cards().brands().get("US"), equalTo(Map.of("visa", 1.0)));
    assertThat(
        changed.cards().brands().get("GB"),
        equalTo(ProfileReader.defaults().cards().brands().get("GB")));
  }

  @Test
  void anEmptyOverrideIsTheDefault() {
    assertThat(ProfileReader.overriding(""), equalTo(ProfileReader.defaults()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trial: {conversoin: 0.5} | unknown profile key trial.conversoin",
        "trial: {conversion: 1.5} | trial.conversion: 1.5 lies outside 0.0..1.0",
        "churn: {revoked: 2} | churn.revoked: 2.0 lies outside 0.0..1.0",
        "trial: {days: 0} | trial.days: 0 lies outside 1.0..730.0",
        "trial: {days: soon} | profile key trial.days",
        "cards: {debit: {US: -1}} | cards.debit.US: -1.0 lies outside",
        "signups: {months: [1, 1]} | signups.months: has 2 entries, needs 12",
        "signups: {outcomes: {trial: 0.5, none: 0.4}} | signups.outcomes: weights sum to 0.9",
        "regions: {europe: {share: 0.5}} | regions: weights sum to 1.15",
        "regions: {atlantis: {share: 0.5}} | profile key regions",
        "regions: {europe: {time_zone: Mars}} | regions.europe.time_zone: no time zone Mars",
        "regions: {europe: {plans: {gold: 1}}} | regions.europe.plans: names a plan",
        "payments: {retry_days: [1, 2]} | payments.recovery_retry: has 8 entries",
        "coupons: {offers: {FIRST5: {months: 2}}} | coupons.offers.FIRST5.months",
        "trial: | profile key trial: is missing",
        "[1, 2] | the profile holds no keys",
        "trial: {days | not valid YAML",
      })
  void whatIsWrongIsRefusedWithThePathOfTheKey(String yaml, String message) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ProfileReader.overriding(yaml));
    assertThat(refused.getMessage(), containsString(message));
  }
}
