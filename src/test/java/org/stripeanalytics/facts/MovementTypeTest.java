package org.stripeanalytics.facts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovementTypeTest {

  @ParameterizedTest(name = "{0} to {1}, earlier revenue {2}: {3}")
  @CsvSource({
    "0, 20, false, NEW",
    "0, 20, true, REACTIVATION",
    "20, 0, true, CHURN",
    "20, 50, true, EXPANSION",
    "50, 20, true, CONTRACTION",
    "20, 20, true,",
    "0, 0, false,"
  })
  void aReturnIsTestedBeforeAnExpansion(
      long before, long after, boolean hadBefore, MovementType expected) {
    assertThat(MovementType.of(before, after, hadBefore).orElse(null), is(expected));
  }
}
