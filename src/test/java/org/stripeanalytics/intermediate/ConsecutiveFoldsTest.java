package org.stripeanalytics.intermediate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.intermediate.Snapshots.CATALOG;
import static org.stripeanalytics.intermediate.Snapshots.day;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.intermediate.CustomerFold.Folded;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.schema.RowJson;

/** Any split of the years into consecutive intervals gives the rows that one interval gives. */
class ConsecutiveFoldsTest {
  private static final LocalDate START = day("2023-01-01");
  private static final LocalDate END = day("2026-01-01");
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final RowJson<CustomerState> JSON = RowJson.of(CustomerState.class);

  private final CustomerFold fold =
      new CustomerFold(
          CATALOG, MetricPolicies.defaults().toBuilder().setReportingZone(ZONE).build());

  @RepeatedTest(200)
  void anySplitIntoMonthsGivesTheSameRowsOfEveryTable(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    List<Change> history = Histories.of(random, START, 1096);

    Map<String, Object> atOnce = foldAll(history, List.of(START, END));
    Map<String, Object> inSteps = foldAll(history, split(random, day -> day.withDayOfMonth(1)));

    assertThat(differences(atOnce, inSteps), is(empty()));
  }

  /** Runs fold whole months; the stream of the future folds any piece of time. */
  @RepeatedTest(200)
  void anySplitIntoDaysGivesTheSameRowsOfEveryTableButTheMonthlyStates(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(1000 + repetition.getCurrentRepetition());
    List<Change> history = Histories.of(random, START, 1096);

    Map<String, Object> atOnce = foldAll(history, List.of(START, END));
    Map<String, Object> inSteps = foldAll(history, split(random, day -> day));

    atOnce.keySet().removeIf(key -> key.startsWith(Tables.CUSTOMER_STATE.name()));
    inSteps.keySet().removeIf(key -> key.startsWith(Tables.CUSTOMER_STATE.name()));
    assertThat(differences(atOnce, inSteps), is(empty()));
  }

  private Map<String, Object> foldAll(List<Change> history, List<LocalDate> bounds) {
    Rows rows = new Rows(ZONE);
    Map<String, ObjectOwner> stored = new HashMap<>();
    CustomerState state = CustomerStates.EMPTY;
    for (int i = 0; i + 1 < bounds.size(); i++) {
      DataInterval interval = DataInterval.of(bounds.get(i), bounds.get(i + 1));
      Folded folded = fold.fold("cus_1", state, during(history, interval, stored), interval);
      rows.publish(folded.timeline());
      ComputeObjectOwners.rows(folded.timeline(), ZONE)
          .forEach(owner -> stored.put(owner.getObjectId(), owner));
      assertThat(folded.timeline().getLateChanges(), is(empty()));
      state = JSON.read(JSON.write(folded.state()));
      assertThat(state, is(folded.state()));
    }
    return rows.published();
  }

  /** The changes of an interval, with what earlier ones have stored of their objects. */
  private static List<Change> during(
      List<Change> history, DataInterval interval, Map<String, ObjectOwner> stored) {
    UnaryOperator<Change> withOrigin =
        change -> {
          String asked = FindOwners.asks(change, Days.start(interval.from(), ZONE));
          return asked == null || !stored.containsKey(asked)
              ? change
              : change.withOrigin(stored.get(asked));
        };
    return history.stream()
        .filter(change -> interval.contains(Days.of(change.changedAt(), ZONE)))
        .map(change -> change.ownedBy("cus_1"))
        .map(withOrigin)
        .toList();
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
