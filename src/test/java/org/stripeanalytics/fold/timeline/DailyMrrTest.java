package org.stripeanalytics.fold.timeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.professional;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.fold.Timelines;

class DailyMrrTest {

  @Test
  void aChangeAtMidnightBelongsToTheNewDay() {
    assertThat(
        told(Timelines.of(aSubscription().active("2024-02-29").canceled("2024-03-01"))),
        contains("2024-02-29 0→24000", "2024-03-01 24000→0"));
  }

  @Test
  void whatStartsAndEndsInsideOneDayDoesNotShow() {
    assertThat(
        told(Timelines.of(aSubscription().active("2024-03-01T09:00").canceled("2024-03-01T17:00"))),
        is(empty()));
  }

  @Test
  void allSubscriptionsOfACustomerAreSummedFirst() {
    assertThat(
        told(
            Timelines.of(
                aSubscription().active("2024-03-01").canceled("2024-05-01"),
                aSubscription().id("sub_2").on(professional()).active("2024-04-01"))),
        contains("2024-03-01 0→24000", "2024-04-01 24000→84000", "2024-05-01 84000→60000"));
  }

  @Test
  void aDayOfTheReportingZoneEndsAtItsOwnMidnight() {
    CustomerTimeline lateEvening =
        Timelines.of(aSubscription().active("2024-03-01T03:00").canceled("2024-03-09T03:00"));
    ZoneId newYork = ZoneId.of("America/New_York");

    List<String> days =
        DailyMrr.of(lateEvening, newYork).stream().map(day -> day.day().toString()).toList();

    assertThat(days, contains("2024-02-29", "2024-03-08"));
  }

  @Test
  void pastDueAndScheduledEndsAreLevelsWithoutAMovement() {
    List<DailyMrr.Day> days =
        DailyMrr.of(
            Timelines.of(
                aSubscription()
                    .active("2024-01-10")
                    .pastDue("2024-02-10")
                    .cancelsAt("2024-02-12", "2024-03-10")),
            ZoneOffset.UTC);

    assertThat(days.stream().map(d -> d.after().getPastDue()).toList(), contains(0L, 24000L, 0L));
    assertThat(days.stream().map(d -> d.after().getEnding()).toList(), contains(0L, 0L, 24000L));
    assertThat(days.stream().map(d -> d.after().getArr()).distinct().toList(), contains(24000L));
  }

  private static List<String> told(CustomerTimeline timeline) {
    return DailyMrr.of(timeline, ZoneOffset.UTC).stream()
        .map(day -> day.day() + " " + day.before().getArr() + "→" + day.after().getArr())
        .toList();
  }
}
