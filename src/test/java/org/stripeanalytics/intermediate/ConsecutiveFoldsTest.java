package org.stripeanalytics.intermediate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.intermediate.Snapshots.CATALOG;
import static org.stripeanalytics.intermediate.Snapshots.aSubscription;
import static org.stripeanalytics.intermediate.Snapshots.day;
import static org.stripeanalytics.intermediate.Snapshots.professional;
import static org.stripeanalytics.intermediate.Snapshots.starter;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.stripeanalytics.intermediate.CustomerFold.Folded;
import org.stripeanalytics.intermediate.Snapshots.SubscriptionBuilder;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;

/** Any split of the years into consecutive intervals folds to what one interval folds to. */
class ConsecutiveFoldsTest {
  private static final LocalDate START = day("2023-01-01");
  private static final LocalDate END = day("2026-01-01");
  private final CustomerFold fold = new CustomerFold(CATALOG, MetricPolicies.defaults());

  @RepeatedTest(200)
  void anySplitGivesTheSameSpellsDaysAndMonths(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    List<Change> history = history(random);

    Outcome atOnce = foldAll(history, List.of(START, END));
    Outcome inSteps = foldAll(history, split(random));

    assertThat(inSteps, is(atOnce));
  }

  private record Outcome(
      List<SubscriptionSpell> spells, List<DailyMrr.Day> days, List<MonthEndMrr.Month> months) {}

  private Outcome foldAll(List<Change> history, List<LocalDate> bounds) {
    Map<String, SubscriptionSpell> spells = new TreeMap<>();
    List<DailyMrr.Day> days = new ArrayList<>();
    List<MonthEndMrr.Month> months = new ArrayList<>();
    CustomerState state = CustomerState.EMPTY;
    for (int i = 0; i + 1 < bounds.size(); i++) {
      DataInterval interval = DataInterval.of(bounds.get(i), bounds.get(i + 1));
      Folded folded = fold.fold("cus_1", state, during(history, interval), interval);
      for (SubscriptionSpell spell : folded.timeline().getSpells()) {
        spells.put(spell.getSubscriptionId() + spell.getValidFrom(), spell); // upsert by key
      }
      days.addAll(DailyMrr.of(folded.timeline(), ZoneOffset.UTC));
      months.addAll(MonthEndMrr.of(folded.timeline(), ZoneOffset.UTC));
      state = folded.state();
    }
    return new Outcome(List.copyOf(spells.values()), days, months);
  }

  private static List<Change> during(List<Change> history, DataInterval interval) {
    return history.stream()
        .filter(change -> interval.contains(Days.of(change.changedAt(), ZoneOffset.UTC)))
        .toList();
  }

  private static List<LocalDate> split(SplittableRandom random) {
    TreeSet<LocalDate> bounds = new TreeSet<>(List.of(START, END));
    for (int i = random.nextInt(12); i > 0; i--) {
      bounds.add(START.plusDays(1 + random.nextInt(1094)));
    }
    return List.copyOf(bounds);
  }

  /** Up to three subscriptions that go through random statuses and plans at random minutes. */
  private static List<Change> history(SplittableRandom random) {
    String[] statuses = {"trialing", "active", "active", "past_due", "unpaid", "paused"};
    List<Change> history = new ArrayList<>();
    for (int s = 1 + random.nextInt(3); s > 0; s--) {
      SubscriptionBuilder subscription = aSubscription().id("sub_" + s);
      int day = random.nextInt(900);
      subscription.on(starter()).status("active", minute(random, day));
      for (int version = random.nextInt(12); version > 0; version--) {
        day += 1 + random.nextInt(60);
        subscription
            .on(random.nextInt(3) == 0 ? professional() : starter())
            .status(statuses[random.nextInt(statuses.length)], minute(random, day));
      }
      if (random.nextBoolean()) {
        subscription.canceled(minute(random, day + 1 + random.nextInt(30)));
      }
      subscription.changes().stream()
          .filter(change -> Days.of(change.changedAt(), ZoneOffset.UTC).isBefore(END))
          .forEach(history::add);
    }
    return history;
  }

  private static String minute(SplittableRandom random, int day) {
    int minuteOfDay = random.nextInt(4) == 0 ? 0 : random.nextInt(24 * 60);
    return String.format("%sT%02d:%02d", START.plusDays(day), minuteOfDay / 60, minuteOfDay % 60);
  }
}
