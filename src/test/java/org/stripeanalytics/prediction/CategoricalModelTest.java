package org.stripeanalytics.prediction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.common.primitives.ImmutableLongArray;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.prediction.CategoricalData.Observed;

class CategoricalModelTest {
  private static final List<Observed> OBSERVED =
      List.of(
          observed("starter", "organic", 4000, 400),
          observed("starter", "referral", 4000, 200),
          observed("professional", "organic", 4000, 200),
          observed("professional", "referral", 3960, 100),
          observed("gold", "referral", 25, 20),
          observed("silver", "referral", 25, 20));

  private static Observed observed(String plan, String channel, long trials, long events) {
    return new Observed(ImmutableList.of(plan, channel), trials, ImmutableLongArray.of(events));
  }

  private static CategoricalData names(List<Observed> observed) {
    return CategoricalData.of(List.of(Scale.NAMES, Scale.NAMES), observed);
  }

  private static final CategoricalModel MODEL = CategoricalModel.fit(names(OBSERVED), 0, 1);

  @Test
  void predictsWhatWasObserved() {
    assertThat(MODEL.probability(List.of("starter", "organic")), closeTo(0.100, 0.002));
    assertThat(MODEL.probability(List.of("professional", "referral")), closeTo(0.025, 0.002));
  }

  @Test
  void theEffectsOfAFeatureHaveMeanZero() {
    double mean =
        MODEL.effects().get(1).values().stream()
            .mapToDouble(effect -> effect.logit() * effect.trials() / MODEL.trials())
            .sum();

    assertThat(mean, closeTo(0, 1e-12));
  }

  @Test
  void rareValuesShareAnEffectWhichNewOnesTake() {
    double gold = MODEL.effect(0, "gold");

    assertThat(MODEL.effects().get(0).containsKey("gold"), is(false));
    assertThat(MODEL.effect(0, "silver"), is(gold));
    assertThat(MODEL.effect(0, "never seen"), is(gold));
    assertThat(MODEL.effect(1, "never seen"), is(0.0));
  }

  @Test
  void theOrderOfTheObservationsChangesNoBit() {
    assertThat(CategoricalModel.fit(names(Lists.reverse(OBSERVED)), 0, 1), is(MODEL));
  }

  @Test
  void aLevelThatWasHardlySeenIsLikeItsNeighbours() {
    Scale days = new Scale(ImmutableList.of("1", "2", "3", "4"));
    CategoricalModel model =
        CategoricalModel.fit(
            CategoricalData.of(
                List.of(days),
                List.of(
                    onDay("1", 4000, 400),
                    onDay("2", 1, 0),
                    onDay("4", 4000, 40),
                    onDay("unknown", 100, 5))),
            0,
            1);

    assertThat(model.probability(List.of("1")), closeTo(0.10, 0.005));
    assertThat(model.probability(List.of("4")), closeTo(0.01, 0.005));
    assertThat(
        model.effect(0, "2"),
        both(lessThan(model.effect(0, "1"))).and(greaterThan(model.effect(0, "3"))));
    assertThat(model.effect(0, "3"), greaterThan(model.effect(0, "4")));
  }

  @Test
  void neighboursAreAlikeButForAStepThatTheDataShow() {
    Scale days = new Scale(ImmutableList.of("1", "2", "3", "4", "5", "6"));
    CategoricalModel model =
        CategoricalModel.fit(
            CategoricalData.of(
                List.of(days),
                List.of(
                    onDay("1", 500, 2),
                    onDay("2", 500, 0),
                    onDay("3", 500, 1),
                    onDay("4", 500, 50),
                    onDay("5", 500, 42),
                    onDay("6", 500, 58))),
            0,
            1);

    assertThat(model.effect(0, "4") - model.effect(0, "3"), greaterThan(2.5));
    assertThat(model.effect(0, "6") - model.effect(0, "5"), lessThan(0.25));
    assertThat(model.effect(0, "3") - model.effect(0, "2"), lessThan(0.3));
  }

  @Test
  void anIgnoredFeatureHasNoEffect() {
    CategoricalData data =
        CategoricalData.of(List.of(Scale.NAMES, Scale.NAMES), Set.of(1), OBSERVED);

    CategoricalModel model = CategoricalModel.fit(data, 0, 1);

    assertThat(model.effects().get(1).isEmpty(), is(true));
    assertThat(
        model.probability(List.of("starter", "organic")),
        is(model.probability(List.of("starter", "referral"))));
  }

  @Test
  void anEventThatComesMoreOftenSaysWhatToExpectOfARareOne() {
    CategoricalData data =
        CategoricalData.of(
            List.of(Scale.NAMES),
            List.of(twoEvents("a", 1000, 300, 33), twoEvents("b", 1000, 100, 30)));
    CategoricalModel often = CategoricalModel.fit(data, 0, 1);

    CategoricalModel alone = CategoricalModel.fit(data, 1, 1);
    CategoricalModel informed = CategoricalModel.fit(data, 1, 1, often, Set.of(0));

    assertThat(ratio(informed), greaterThan(ratio(alone)));
    assertThat(ratio(often), greaterThan(ratio(informed)));
  }

  private static double ratio(CategoricalModel model) {
    return model.effect(0, "a") - model.effect(0, "b");
  }

  private static Observed onDay(String day, long trials, long events) {
    return new Observed(ImmutableList.of(day), trials, ImmutableLongArray.of(events));
  }

  private static Observed twoEvents(String name, long trials, long often, long rare) {
    return new Observed(ImmutableList.of(name), trials, ImmutableLongArray.of(often, rare));
  }
}
