package org.stripeanalytics.attribution;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.comparesEqualTo;
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttributionTest {

  @ParameterizedTest
  @EnumSource
  void everyModelGivesAwayExactlyWhatThereIs(AttributionModel model) {
    for (long seed = 1; seed <= 30; seed++) {
      Journeys journeys = RandomJourneys.of(seed);

      Attribution attribution =
          Attribution.of(journeys, model, ModelSettings.USUAL, OptionalInt.empty());
      Attribution inCents = Attribution.of(journeys, model, ModelSettings.USUAL, OptionalInt.of(2));

      assertThat(sum(attribution.conversions()), comparesEqualTo(journeys.conversions()));
      assertThat(sum(attribution.value()), comparesEqualTo(journeys.value()));
      assertThat(sum(inCents.value()), comparesEqualTo(journeys.value()));
      assertThat(inCents.value().stream().allMatch(part -> part.scale() == 2), is(true));
      assertThat(
          sum(attribution.shares()),
          comparesEqualTo(BigDecimal.valueOf(journeys.conversions().signum())));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOnlyChannelTakesAll(AttributionModel model) {
    Journeys journeys =
        Journeys.builder().add(List.of("ads", "ads"), 2, 5).add(List.of("ads"), 1, 0).build();

    Attribution attribution =
        Attribution.of(journeys, model, ModelSettings.USUAL, OptionalInt.empty());

    assertThat(attribution.conversions().get(0), comparesEqualTo(BigDecimal.valueOf(3)));
  }

  @ParameterizedTest
  @EnumSource
  void journeysThatNeverConvertGiveNothingAway(AttributionModel model) {
    Journeys journeys = Journeys.builder().add(List.of("ads", "mail"), 0, 5).build();

    Attribution attribution =
        Attribution.of(journeys, model, ModelSettings.USUAL, OptionalInt.empty());

    assertThat(sum(attribution.conversions()), comparesEqualTo(BigDecimal.ZERO));
    assertThat(sum(attribution.shares()), comparesEqualTo(BigDecimal.ZERO));
  }

  @Test
  void inAGameTheWorthOfAllTogetherIsDivided() {
    Journeys game =
        Journeys.builder()
            .add(List.of("left glove"), 0, 0)
            .add(List.of("left glove", "right glove"), 1, 0)
            .build();
    ModelSettings settings = new ModelSettings(7, 7, 1, ModelSettings.Worth.GAME);

    Attribution attribution =
        Attribution.of(game, AttributionModel.SHAPLEY, settings, OptionalInt.empty());

    assertThat(attribution.conversions().get(0), comparesEqualTo(new BigDecimal("0.5")));
    assertThat(attribution.conversions().get(1), comparesEqualTo(new BigDecimal("0.5")));
  }

  private static BigDecimal sum(List<BigDecimal> parts) {
    return parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
