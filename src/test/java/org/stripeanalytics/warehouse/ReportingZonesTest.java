package org.stripeanalytics.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.CalendarWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.util.SerializableUtils;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportingZonesTest {

  @Test
  void everyZoneOfTheJdkHasTheSameMidnightsInJodaTimeOrIsRefused() {
    List<String> refused = new ArrayList<>();
    List<String> different = new ArrayList<>();
    for (String id : ZoneId.getAvailableZoneIds()) {
      ZoneId zone = ZoneId.of(id);
      try {
        if (!haveTheSameMidnights(zone, ReportingZones.joda(zone))) {
          different.add(id);
        }
      } catch (DateTimeException e) {
        refused.add(id);
      }
    }

    assertThat(different, is(empty()));
    assertThat(refused.stream().filter(id -> !id.startsWith("SystemV/")).toList(), is(empty()));
    assertThat(ZoneId.getAvailableZoneIds(), hasSize(greaterThan(500)));
  }

  @ParameterizedTest
  @CsvSource({
    "UTC+2, +02:00",
    "UT+2, +02:00",
    "GMT+2, +02:00",
    "+02:00, +02:00",
    "UTC-05:30, -05:30",
    "Etc/GMT+5, -05:00",
    "+01:23:45, +01:23:45",
    "Z, UTC",
    "UTC, UTC"
  })
  void aFixedOffsetKeepsItsOffsetInJodaTime(String given, String expected) {
    assertThat(ReportingZones.joda(ZoneId.of(given)), is(DateTimeZone.forID(expected)));
  }

  @Test
  void theMonthOfAFixedOffsetBeginsAtItsOwnMidnightOnAWorkerToo() {
    CalendarWindows.MonthsWindows months =
        SerializableUtils.clone(
            CalendarWindows.months(1).withTimeZone(ReportingZones.joda(ZoneId.of("UTC+2"))));

    IntervalWindow window =
        months.assignWindow(org.joda.time.Instant.parse("2024-01-31T22:30:00Z"));

    assertThat(window.start(), is(org.joda.time.Instant.parse("2024-01-31T22:00:00Z")));
    assertThat(window.end(), is(org.joda.time.Instant.parse("2024-02-29T22:00:00Z")));
  }

  @Test
  void aZoneThatJodaTimeDoesNotKnowIsRefusedByName() {
    DateTimeException refusal =
        assertThrows(
            DateTimeException.class, () -> ReportingZones.joda(ZoneId.of("SystemV/EST5EDT")));

    assertThat(refusal.getMessage(), is("Joda-Time does not know the zone SystemV/EST5EDT"));
  }

  /** Equal offsets at and just before each midnight from 2000 to 2035. */
  private static boolean haveTheSameMidnights(ZoneId zone, DateTimeZone joda) {
    ZoneRules rules = zone.getRules();
    LocalDate end = LocalDate.of(2036, 1, 1);
    for (LocalDate day = LocalDate.of(2000, 1, 1); day.isBefore(end); day = day.plusDays(1)) {
      long midnight = day.atStartOfDay(zone).toInstant().toEpochMilli();
      for (long time : new long[] {midnight - 1, midnight}) {
        long offset = rules.getOffset(Instant.ofEpochMilli(time)).getTotalSeconds() * 1000L;
        if (joda.getOffset(time) != offset) {
          return false;
        }
      }
    }
    return true;
  }
}
