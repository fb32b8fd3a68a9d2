package org.stripeanalytics.ingestion;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.stripeanalytics.model.DataInterval;

/** Seconds in which objects changed, and the days that they are on. Mutable. */
final class ObjectSeconds {
  private final Map<String, Set<Long>> secondsById = new HashMap<>();
  private long firstDay = Long.MAX_VALUE;
  private long lastDay = Long.MIN_VALUE;

  void add(String id, long day, long changedAtMicros) {
    secondsById.computeIfAbsent(id, absent -> new HashSet<>()).add(changedAtMicros);
    firstDay = Math.min(firstDay, day);
    lastDay = Math.max(lastDay, day);
  }

  boolean isEmpty() {
    return secondsById.isEmpty();
  }

  Collection<String> ids() {
    return secondsById.keySet();
  }

  /** From the first to the last of the days; there is at least one. */
  DataInterval days() {
    return DataInterval.of(LocalDate.ofEpochDay(firstDay), LocalDate.ofEpochDay(lastDay + 1));
  }

  boolean contains(String id, long changedAtMicros) {
    return secondsById.getOrDefault(id, Set.of()).contains(changedAtMicros);
  }
}
