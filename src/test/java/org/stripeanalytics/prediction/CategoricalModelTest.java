package org.stripeanalytics.prediction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.prediction.CategoricalModel.Observed;

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
    return new Observed(ImmutableList.of(plan, channel), trials, events);
  }

  private static final CategoricalModel MODEL = CategoricalModel.fit(2, OBSERVED, 1);

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
    assertThat(CategoricalModel.fit(2, Lists.reverse(OBSERVED), 1), is(MODEL));
  }
}
