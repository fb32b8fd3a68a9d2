package org.stripeanalytics.intermediate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.aCustomer;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.day;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.Checkpoints;
import org.stripeanalytics.fold.CustomerFold;
import org.stripeanalytics.fold.CustomerFold.Folded;
import org.stripeanalytics.fold.Exports;
import org.stripeanalytics.fold.Histories;
import org.stripeanalytics.fold.Rows;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.CustomerStates;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.fold.timeline.LateChange;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.schema.RowJson;

/** Any split of the years into consecutive intervals gives the rows that one interval gives. */
class ConsecutiveFoldsTest {
  private static final LocalDate START = day("2023-01-01");
  private static final LocalDate END = day("2026-01-01");
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final RowJson<CustomerState> JSON = RowJson.of(CustomerState.class);

  @RepeatedTest(100)
  void anySplitIntoMonthsGivesTheSameRowsOfEveryTable(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    List<Change> history = Histories.of(random, START, 1096);

    Map<String, Object> atOnce = foldAll(history, List.of(START, END));
    Map<String, Object> inSteps = foldAll(history, split(random, day -> day.withDayOfMonth(1)));

    assertThat(differences(atOnce, inSteps), is(empty()));
  }

  /** Runs fold whole months; the stream of the future folds any piece of time. */
  @RepeatedTest(100)
  void anySplitIntoDaysGivesTheSameRowsOfEveryTableButTheMonthlyStates(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(1000 + repetition.getCurrentRepetition());
    List<Change> history = Histories.of(random, START, 1096);

    Map<String, Object> atOnce = foldAll(history, List.of(START, END));
    Map<String, Object> inSteps = foldAll(history, split(random, day -> day));

    atOnce.keySet().removeIf(key -> key.startsWith(Tables.CUSTOMER_STATE.name()));
    inSteps.keySet().removeIf(key -> key.startsWith(Tables.CUSTOMER_STATE.name()));
    assertThat(differences(atOnce, inSteps), is(empty()));
  }

  /**
   * An account that is connected in mid-life has one past, however many exports and events follow:
   * what lies before the first version seen is rebuilt once, and later versions leave it alone.
   */
  @RepeatedTest(150)
  void theRebuiltPastIsTheSameInOneRunAndInMany(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(4000 + repetition.getCurrentRepetition());
    TreeSet<LocalDate> exports = new TreeSet<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      exports.add(START.plusDays(100 + random.nextInt(900)));
    }
    int delivered = random.nextInt(8);
    List<Change> history =
        Exports.of(
            Histories.of(random, START, 1096),
            exports,
            id -> Exports.subscriptionsOf(delivered).anyMatch(id::contains));
    TreeSet<LocalDate> bounds = new TreeSet<>(split(random, day -> day.withDayOfMonth(1)));
    exports.forEach(day -> bounds.add(day.plusDays(1)));
    bounds.removeIf(day -> day.isAfter(START) && Exports.comesLate(history, day, ZONE));

    Map<String, Object> atOnce = new Runs(ZONE, history).over(List.of(START, END));
    Map<String, Object> inSteps = new Runs(ZONE, history).over(List.copyOf(bounds));

    atOnce.keySet().removeIf(key -> key.startsWith(Tables.CUSTOMER_STATE.name()));
    inSteps.keySet().removeIf(key -> key.startsWith(Tables.CUSTOMER_STATE.name()));
    assertThat(differences(atOnce, inSteps), is(empty()));
  }

  /** What a run is given again, it publishes again, and leaves everything else as it is. */
  @RepeatedTest(60)
  void runningAnIntervalAgainChangesNothing(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(2000 + repetition.getCurrentRepetition());
    Runs runs = new Runs(ZoneOffset.UTC, Histories.of(random, START, 1096));
    List<LocalDate> bounds = split(random, day -> day.withDayOfMonth(1));
    runs.over(bounds);
    Map<String, Object> once = new HashMap<>(runs.rows.published());

    int again = random.nextInt(bounds.size() - 1);
    runs.over(bounds.subList(again, again + 2));

    assertThat(differences(once, runs.rows.published()), is(empty()));
  }

  /**
   * What arrives after its days were folded is picked up by one run from those days on: run after
   * run would not do, because what later runs had known before it stands until they are repeated.
   */
  @RepeatedTest(60)
  void runningAgainFromWhereLateChangesTakeEffectGivesWhatOneRunOverAllOfThemGives(
      RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(3000 + repetition.getCurrentRepetition());
    List<Change> history = Histories.of(random, START, 1096);
    List<LocalDate> bounds = split(random, day -> day.withDayOfMonth(1));
    int late = random.nextInt(bounds.size() - 1);
    LocalDate from = bounds.get(late);
    Runs runs =
        new Runs(
            ZoneOffset.UTC,
            history.stream()
                .filter(
                    change ->
                        Days.of(change.changedAt(), ZoneOffset.UTC).isBefore(from)
                            || random.nextInt(4) > 0)
                .toList());
    runs.over(bounds);

    runs.history = history;
    runs.over(List.of(from, END));

    assertThat(
        differences(
            new Runs(ZoneOffset.UTC, history).over(List.of(START, END)), runs.rows.published()),
        is(empty()));
  }

  @Test
  void aMonthWithoutAChangeHasNoState() {
    List<Change> history =
        List.of(
            Change.of(aCustomer("cus_1", "2023-01-05T10:00").build()),
            aSubscription().active("2023-01-05T10:00").changes().get(0));

    assertThat(
        foldAll(history, List.of(START, END)).keySet().stream()
            .filter(key -> key.startsWith(Tables.CUSTOMER_STATE.name()))
            .toList(),
        contains(Tables.CUSTOMER_STATE.name() + List.of("cus_1", START.toEpochDay())));
  }

  private Map<String, Object> foldAll(List<Change> history, List<LocalDate> bounds) {
    Runs runs = new Runs(ZONE, history);
    Map<String, Object> published = runs.over(bounds);
    assertThat(runs.late, is(empty()));
    return published;
  }

  /** Runs one after the other, each going on from what those before it have stored. */
  private final class Runs {
    private final ZoneId zone;
    private final CustomerFold fold;
    private final Rows rows;
    private final TreeMap<LocalDate, CustomerState> states = new TreeMap<>();
    private final List<LateChange> late = new ArrayList<>();
    private List<Change> history;

    Runs(ZoneId zone, List<Change> history) {
      this.zone = zone;
      this.fold =
          new CustomerFold(
              Histories.CATALOG,
              MetricPolicies.defaults().toBuilder()
                  .setFrame(ReportingFrame.defaults().withZone(zone))
                  .build());
      this.rows = new Rows(zone);
      this.history = history;
    }

    Map<String, Object> over(List<LocalDate> bounds) {
      for (int i = 0; i + 1 < bounds.size(); i++) {
        DataInterval interval = DataInterval.of(bounds.get(i), bounds.get(i + 1));
        CustomerState state = stateAt(interval.from());
        Folded folded = fold.fold("cus_1", state, during(interval), interval);
        if (!states.isEmpty() && !states.lastKey().isBefore(interval.to())) {
          rows.forget(interval);
        }
        rows.publish(folded.timeline());
        late.addAll(folded.timeline().getLateChanges());
        states.put(interval.to(), folded.state());
      }
      return rows.published();
    }

    /** The changes of an interval, with what earlier ones have stored of their objects. */
    private List<Change> during(DataInterval interval) {
      Map<String, ObjectOwner> stored = rows.ownersBefore(interval.from());
      UnaryOperator<Change> withOrigin =
          change -> {
            String asked = FindOwners.asks(change, Days.start(interval.from(), zone));
            return asked == null || !stored.containsKey(asked)
                ? change
                : change.withOrigin(stored.get(asked));
          };
      return history.stream()
          .filter(change -> interval.contains(Days.of(change.changedAt(), zone)))
          .map(change -> change.ownedBy("cus_1"))
          .map(withOrigin)
          .toList();
    }

    /** From the stored months where it is a month's beginning, else as the stream keeps it. */
    private CustomerState stateAt(LocalDate day) {
      CustomerState kept = states.getOrDefault(day, CustomerStates.EMPTY);
      if (day.getDayOfMonth() > 1) {
        return JSON.read(JSON.write(kept));
      }
      CustomerState stored = Checkpoints.newest(rows.checkpointsBefore(day), day);
      if (!hasFoldedPartsOfMonths()) {
        assertThat(stored, is(kept));
        return stored;
      }
      return kept;
    }

    private boolean hasFoldedPartsOfMonths() {
      return states.keySet().stream().anyMatch(day -> day.getDayOfMonth() > 1);
    }
  }

  private static List<LocalDate> split(SplittableRandom random, UnaryOperator<LocalDate> align) {
    TreeSet<LocalDate> bounds = new TreeSet<>(List.of(START, END));
    for (int i = random.nextInt(12); i > 0; i--) {
      bounds.add(align.apply(START.plusDays(1 + random.nextInt(1094))));
    }
    return List.copyOf(bounds);
  }

  private static List<String> differences(Map<String, Object> a, Map<String, Object> b) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(a.keySet());
    keys.addAll(b.keySet());
    for (String key : keys) {
      if (!Objects.equals(a.get(key), b.get(key))) {
        differences.add(key + ":\n  at once  " + a.get(key) + "\n  in steps " + b.get(key) + "\n");
      }
    }
    return differences;
  }
}
