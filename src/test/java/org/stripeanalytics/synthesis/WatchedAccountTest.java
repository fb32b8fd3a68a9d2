package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.marts.AnomalyDetector;
import org.stripeanalytics.marts.WatchedMetric;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.MetricAnomaly;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.ProfileReader;

/** What the watch over the figures says of whole accounts: sound ones, and ones with incidents. */
class WatchedAccountTest {
  private static final long CUSTOMERS = 2000;
  private static final int QUARTERS = 20;

  @Test
  void fiveSoundYearsRaiseLessThanOneFalseAlarmAQuarterPerMetric() {
    List<Long> seeds = List.of(1L, 2L, 3L);
    Map<String, Integer> alarms = new HashMap<>();
    for (long seed : seeds) {
      for (MetricAnomaly day : alarms(Simulations.account(seed, CUSTOMERS))) {
        alarms.merge(day.getMetric() + " " + day.getSubject(), 1, Integer::sum);
      }
    }

    alarms.forEach(
        (metric, count) ->
            assertThat(
                metric + " raised " + count + " false alarms",
                count < seeds.size() * QUARTERS,
                is(true)));
  }

  @Test
  void incidentsAreFoundOnTheirDays() {
    Profile profile =
        ProfileReader.overriding(
            """
            incidents:
              declines: [{day: 2025-11-12, share: 1}]
              doubled_loads: [2025-10-15]
              missing_loads: [2025-09-10]
            """);

    List<String> found =
        alarms(Simulations.account(profile, 1, CUSTOMERS)).stream()
            .map(day -> day.getDay() + " " + day.getMetric() + " " + day.getSubject())
            .toList();

    assertThat(
        found,
        hasItems(
            "2025-11-12 payment_failures all",
            "2025-10-15 rows all",
            "2025-09-10 rows all",
            "2025-09-10 rows raw.charges",
            "2025-09-10 rows raw.invoices"));
  }

  @Test
  void withoutIncidentsTheHistoryIsWhatItWas() {
    SimulatedAccount usual = Simulations.account(7, 60);
    SimulatedAccount declined =
        Simulations.account(
            ProfileReader.overriding("incidents: {declines: [{day: 2023-05-09, share: 1}]}"),
            7,
            60);
    LocalDate incident = LocalDate.of(2023, 5, 9);

    assertThat(
        Simulations.versions(declined.until(incident)),
        is(Simulations.versions(usual.until(incident))));
  }

  private static List<MetricAnomaly> alarms(SimulatedAccount account) {
    AnomalyDetector detector =
        new AnomalyDetector(account.start(), DataInterval.of(account.start(), account.end()));
    List<MetricAnomaly> alarms = new ArrayList<>();
    DailyFigures.of(account)
        .forEach(
            (series, days) ->
                detector
                    .judge(
                        WatchedMetric.ofId(days.get(0).getMetric()), days.get(0).getSubject(), days)
                    .stream()
                    .filter(day -> !day.getSeverity().equals("none"))
                    .forEach(alarms::add));
    return alarms;
  }
}
