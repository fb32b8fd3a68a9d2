package org.stripeanalytics.prediction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogRankTest {
  @Test
  void freireichsGroupsDifferAsPublished() {
    LogRank logRank = LogRank.of(List.of(Durations.MERCAPTOPURINE, Durations.PLACEBO));

    assertThat(logRank.observed().asList(), is(List.of(9, 21)));
    assertThat(logRank.expected().get(0), closeTo(19.2505, 1e-4));
    assertThat(logRank.test().orElseThrow().statistic(), closeTo(16.792941, 1e-6));
    assertThat(logRank.test().orElseThrow().degreesOfFreedom(), is(1));
    assertThat(logRank.test().orElseThrow().p(), closeTo(4.169e-5, 1e-8));
  }

  @Test
  void maintenanceInLeukemiaMissesFivePercentAsPublished() {
    LogRank logRank = LogRank.of(List.of(Durations.MAINTAINED, Durations.NOT_MAINTAINED));

    assertThat(logRank.expected().get(0), closeTo(10.69, 0.005));
    assertThat(logRank.test().orElseThrow().statistic(), closeTo(3.396389, 1e-6));
    assertThat(logRank.test().orElseThrow().p(), closeTo(0.0653, 5e-5));
  }

  /** Against survdiff of R's package survival 3.5-3. */
  @Test
  void threeGroupsWithTiesAreComparedAsByR() {
    LogRank logRank =
        LogRank.of(
            List.of(Durations.of("1 2 2+ 3"), Durations.of("4 4 5+"), Durations.of("6 6+ 7")));

    assertThat(logRank.expected().get(2), closeTo(4.06190476, 1e-8));
    assertThat(logRank.test().orElseThrow().statistic(), closeTo(8.78887559, 1e-8));
    assertThat(logRank.test().orElseThrow().degreesOfFreedom(), is(2));
  }

  @Test
  void aGroupThatIsGoneBeforeTheFirstEventTakesNoPart() {
    List<Observation> gone = Durations.of("1+ 2+");

    assertThat(
        LogRank.of(List.of(Durations.of("3 5+ 6"), gone, Durations.of("4 4 7")))
            .test()
            .orElseThrow()
            .degreesOfFreedom(),
        is(1));
  }

  @Test
  void withoutEventsNothingIsCompared() {
    assertThat(
        LogRank.of(List.of(Durations.of("1+"), Durations.of("2+"))).test(), is(Optional.empty()));
  }
}
