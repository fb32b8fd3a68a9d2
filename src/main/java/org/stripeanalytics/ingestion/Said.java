package org.stripeanalytics.ingestion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What was said of one object, in any order, less what can no longer matter: of each day only the
 * states of its last second are kept, and the last one with {@link ExpandedMembers}. Mutable.
 */
final class Said {
  private static final Comparator<VersionedRow> BY_TIME_AND_ROUTE =
      Comparator.comparingLong(VersionedRow::getChangedAtMicros)
          .thenComparingLong(VersionedRow::getRoute)
          .thenComparing(VersionedRow::getNested, Comparator.reverseOrder());

  private final TreeMap<Long, List<VersionedRow>> lastOfDay = new TreeMap<>();
  private final TreeMap<Long, VersionedRow> lastExpanded = new TreeMap<>();
  private final List<VersionedRow> deletionsAndParts = new ArrayList<>();
  private long count;

  void add(VersionedRow row) {
    keep(row);
    count++;
  }

  /** Adds what another run was told; it does not count. */
  void recall(VersionedRow row) {
    keep(row);
  }

  void addAll(Said other) {
    other.kept().forEach(this::keep);
    count += other.count;
  }

  /** How many were added, those that are not kept included. */
  long count() {
    return count;
  }

  /** Everything that is kept, in no order. */
  List<VersionedRow> kept() {
    List<VersionedRow> all = new ArrayList<>(deletionsAndParts);
    lastOfDay.values().forEach(all::addAll);
    lastExpanded.values().stream()
        .filter(row -> !lastOfDay.get(row.getDay()).contains(row))
        .forEach(all::add);
    return all;
  }

  /** Of each day the last state that has one of its {@link ExpandedMembers}, if there is any. */
  List<VersionedRow> lastExpanded() {
    return List.copyOf(lastExpanded.values());
  }

  /** By day, the states of the last second of it: at least one. */
  TreeMap<Long, List<VersionedRow>> lastOfDay() {
    return lastOfDay;
  }

  List<VersionedRow> ofKind(VersionedRow.Kind kind) {
    return deletionsAndParts.stream().filter(row -> row.kind() == kind).toList();
  }

  /** The kept ones and the number of all, to go on with. */
  static Said of(List<VersionedRow> kept, long count) {
    Said said = new Said();
    kept.forEach(said::keep);
    said.count = count;
    return said;
  }

  private void keep(VersionedRow row) {
    if (row.kind() != VersionedRow.Kind.STATE) {
      if (!deletionsAndParts.contains(row)) {
        deletionsAndParts.add(row);
      }
      return;
    }
    if (ExpandedMembers.isIn(row)) {
      lastExpanded.merge(
          row.getDay(),
          row,
          (one, other) -> BY_TIME_AND_ROUTE.compare(one, other) >= 0 ? one : other);
    }
    List<VersionedRow> rivals = lastOfDay.computeIfAbsent(row.getDay(), day -> new ArrayList<>(1));
    int comparison = rivals.isEmpty() ? 0 : BY_TIME_AND_ROUTE.compare(row, rivals.get(0));
    if (comparison > 0) {
      rivals.clear();
    }
    if (comparison >= 0 && !rivals.contains(row)) {
      rivals.add(row);
    }
  }
}
