package org.stripeanalytics.fold.timeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.professional;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.fold.Timelines;

class MonthEndMrrTest {

  @Test
  void whatStartsAndEndsInsideOneMonthDoesNotShow() {
    assertThat(
        told(Timelines.of(aSubscription().active("2024-02-02").canceled("2024-02-20"))),
        is(empty()));
  }

  @Test
  void aMonthComparesItsEndWithTheEndBeforeWhateverHappenedBetween() {
    assertThat(
        told(
            Timelines.of(
                aSubscription()
                    .active("2024-01-10")
                    .on(professional())
                    .active("2024-02-05")
                    .pausedCollection("2024-02-10", "void")
                    .resumedCollection("2024-02-20"))),
        contains("2024-01-01 0→24000 first", "2024-02-01 24000→60000 again"));
  }

  @Test
  void aReturnAfterAMonthEndWithoutRevenueKnowsOfTheEarlierOne() {
    assertThat(
        told(
            Timelines.of(
                aSubscription().active("2024-01-10").canceled("2024-02-10"),
                aSubscription().id("sub_2").active("2024-05-10"))),
        contains(
            "2024-01-01 0→24000 first", "2024-02-01 24000→0 again", "2024-05-01 0→24000 again"));
  }

  private static List<String> told(CustomerTimeline timeline) {
    return MonthEndMrr.of(timeline, ZoneOffset.UTC).stream()
        .map(
            month ->
                month.month()
                    + " "
                    + month.before()
                    + "→"
                    + month.after()
                    + (month.hadBefore() ? " again" : " first"))
        .toList();
  }
}
