package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.pipelines.Manifest;
import org.stripeanalytics.pipelines.TaskOrder;

/**
 * A run of one pipeline.
 *
 * @param pipeline its name
 * @param days its part of a backfill; empty if it computes whatever the options say
 */
record LocalTask(String pipeline, Optional<DataInterval> days) {

  /** Each pipeline once, behind those it waits for. */
  static ImmutableMap<LocalTask, ImmutableSet<LocalTask>> once(Map<String, Manifest> manifests) {
    Map<LocalTask, ImmutableSet<LocalTask>> graph = new LinkedHashMap<>();
    for (String pipeline : TaskOrder.of(manifests)) {
      graph.put(
          new LocalTask(pipeline, Optional.empty()),
          TaskOrder.before(pipeline, manifests).stream()
              .map(other -> new LocalTask(other, Optional.empty()))
              .collect(toImmutableSet()));
    }
    return ImmutableMap.copyOf(graph);
  }

  /**
   * A backfill: each pipeline as often as its manifest divides the interval. A month waits for the
   * same month of those whose tables it reads; what is done once waits for all of them.
   *
   * @throws IllegalArgumentException when a pipeline takes no interval
   */
  static ImmutableMap<LocalTask, ImmutableSet<LocalTask>> backfill(
      Map<String, Manifest> manifests, DataInterval interval) {
    Map<LocalTask, ImmutableSet<LocalTask>> graph = new LinkedHashMap<>();
    for (String pipeline : TaskOrder.of(manifests)) {
      Manifest.Backfill way = manifests.get(pipeline).backfill();
      if (way == null) {
        throw new IllegalArgumentException(pipeline + " takes no interval");
      }
      ImmutableList<DataInterval> steps =
          way == Manifest.Backfill.WHOLE ? ImmutableList.of(interval) : months(interval);
      LocalTask monthBefore = null;
      for (DataInterval days : steps) {
        LocalTask task = new LocalTask(pipeline, Optional.of(days));
        Set<LocalTask> before = new LinkedHashSet<>();
        for (String other : TaskOrder.before(pipeline, manifests)) {
          graph.keySet().stream()
              .filter(candidate -> candidate.pipeline().equals(other) && candidate.meets(days))
              .forEach(before::add);
        }
        if (way == Manifest.Backfill.MONTHS_IN_ORDER && monthBefore != null) {
          before.add(monthBefore);
        }
        graph.put(task, ImmutableSet.copyOf(before));
        monthBefore = task;
      }
    }
    return ImmutableMap.copyOf(graph);
  }

  private boolean meets(DataInterval other) {
    return days.isEmpty()
        || (days.get().from().isBefore(other.to()) && other.from().isBefore(days.get().to()));
  }

  private static ImmutableList<DataInterval> months(DataInterval interval) {
    ImmutableList.Builder<DataInterval> months = ImmutableList.builder();
    LocalDate from = interval.from();
    while (from.isBefore(interval.to())) {
      LocalDate next = from.withDayOfMonth(1).plusMonths(1);
      LocalDate to = next.isBefore(interval.to()) ? next : interval.to();
      months.add(DataInterval.of(from, to));
      from = to;
    }
    return months.build();
  }

  /** As people and the state of a run name it, as in {@code transform 2024-03-01/2024-04-01}. */
  String name() {
    return pipeline + days.map(part -> " " + part.from() + "/" + part.to()).orElse("");
  }
}
