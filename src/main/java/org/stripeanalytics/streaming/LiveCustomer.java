package org.stripeanalytics.streaming;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.stripeanalytics.fold.Checkpoints;
import org.stripeanalytics.fold.CustomerFold;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.marts.LiveContribution;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.CustomerCheckpoint;

/**
 * A customer as a stream knows it: the state at the end of some month, every change since then, and
 * what it adds to the live marts. It is folded again, from that state, whenever something changes.
 * Plain Java; the same whatever order changes come in.
 *
 * @param month first of the first open month
 * @param asOf first day that is not folded
 * @param arrivals by {@link Arrival#slot}
 */
record LiveCustomer(
    String id,
    LocalDate month,
    LocalDate asOf,
    Map<String, Arrival> arrivals,
    LiveContribution contribution) {
  /**
   * One of whom nothing is known yet.
   *
   * @param month first of the first open month
   * @param asOf first day that is not folded; in {@code month} or after it
   */
  static LiveCustomer unknown(String id, LocalDate month, LocalDate asOf) {
    return new LiveCustomer(id, month, asOf, new TreeMap<>(), LiveContribution.none());
  }

  /** With more changes, not folded yet. Those of months that are closed change nothing. */
  LiveCustomer with(Collection<Arrival> more, ZoneId zone) {
    Map<String, Arrival> all = new TreeMap<>(arrivals);
    LocalDate until = asOf;
    for (Arrival arrival : more) {
      if (isOpen(arrival.getChange())) {
        all.merge(arrival.slot(), arrival, (known, now) -> now.supersedes(known) ? now : known);
        if (arrival.getChange().version() != null) {
          LocalDate after = Days.of(arrival.getChange().changedAt(), zone).plusDays(1);
          until = after.isAfter(until) ? after : until;
        }
      }
    }
    return new LiveCustomer(id, month, until, all, contribution);
  }

  /** The same on a later day. */
  LiveCustomer on(LocalDate day) {
    LocalDate later = day.plusDays(1).isAfter(asOf) ? day.plusDays(1) : asOf;
    return new LiveCustomer(id, month, later, arrivals, contribution);
  }

  /** Folded, and without the months that nothing can be delivered of any more. */
  LiveCustomer folded(Supplier<CustomerFold> fold, ZoneId zone) {
    LiveCustomer closed = this;
    while (!closed
        .month
        .plusMonths(1)
        .plusDays(TakeOnce.LATE_DAYS)
        .isAfter(closed.asOf.minusDays(1))) {
      closed = closed.withoutFirstMonth(fold);
    }
    return new LiveCustomer(
        id,
        closed.month,
        closed.asOf,
        closed.arrivals,
        LiveContribution.of(closed.timeline(fold, closed.asOf), zone));
  }

  /** The first open month becomes the state at its end. */
  private LiveCustomer withoutFirstMonth(Supplier<CustomerFold> fold) {
    LocalDate next = month.plusMonths(1);
    Map<String, Arrival> left = new TreeMap<>(arrivals);
    List<CustomerCheckpoint> states = timeline(fold, next).getCheckpoints();
    left.values()
        .removeIf(
            arrival ->
                arrival.getChange().version() == null
                    ? !states.isEmpty()
                    : arrival.getChange().version().getSnapshotDate().isBefore(next));
    states.stream()
        .map(state -> Arrival.stored(Change.of(state)))
        .forEach(arrival -> left.put(arrival.slot(), arrival));
    return new LiveCustomer(id, next, asOf, left, contribution.from(next));
  }

  private CustomerTimeline timeline(Supplier<CustomerFold> fold, LocalDate to) {
    ImmutableList<Change> changes =
        arrivals.values().stream().map(Arrival::getChange).collect(toImmutableList());
    ImmutableList<CustomerCheckpoint> states =
        changes.stream()
            .flatMap(change -> Optional.ofNullable(change.getCheckpoint()).stream())
            .collect(toImmutableList());
    return fold.get()
        .fold(
            id,
            Checkpoints.newest(states, month),
            changes.stream().filter(change -> change.version() != null).toList(),
            DataInterval.of(month, to))
        .timeline();
  }

  private boolean isOpen(Change change) {
    return change.version() == null || !change.version().getSnapshotDate().isBefore(month);
  }
}
