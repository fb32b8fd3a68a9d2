package org.stripeanalytics.fold;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.changes.Version;
import org.stripeanalytics.fold.terms.Days;

/**
 * A history as an account has it that was connected in mid-life: an export brings every object as
 * it then was, and nothing says how it became so.
 */
public final class Exports {

  /**
   * The history from the first export on.
   *
   * @param days of the exports, each at noon
   * @param delivered of which objects, by id, the changes are delivered as events too
   */
  public static List<Change> of(
      List<Change> history, TreeSet<LocalDate> days, Predicate<String> delivered) {
    List<Change> seen = new ArrayList<>();
    Instant first = noon(days.first());
    for (LocalDate day : days) {
      Map<String, Change> newest = new LinkedHashMap<>();
      history.stream()
          .filter(change -> change.changedAt().isBefore(noon(day)))
          .sorted((a, b) -> Version.IN_TIME_ORDER.compare(a.version(), b.version()))
          .forEach(change -> newest.put(change.version().getId(), change));
      newest.values().forEach(change -> seen.add(asOf(day, change)));
    }
    history.stream()
        .filter(change -> !change.changedAt().isBefore(first))
        .filter(change -> delivered.test(change.version().getId()))
        .filter(change -> !days.contains(change.version().getSnapshotDate()))
        .forEach(seen::add);
    return seen;
  }

  /** The end-of-day version that the export is. */
  private static Change asOf(LocalDate day, Change change) {
    Instant at = noon(day);
    Change.Builder exported = change.toBuilder();
    if (change.getCustomer() != null) {
      exported.setCustomer(
          change.getCustomer().toBuilder().setChangedAt(at).setSnapshotDate(day).build());
    }
    if (change.getPaymentMethod() != null) {
      exported.setPaymentMethod(
          change.getPaymentMethod().toBuilder().setChangedAt(at).setSnapshotDate(day).build());
    }
    if (change.getSubscription() != null) {
      exported.setSubscription(
          change.getSubscription().toBuilder().setChangedAt(at).setSnapshotDate(day).build());
    }
    if (change.getInvoice() != null) {
      exported.setInvoice(
          change.getInvoice().toBuilder().setChangedAt(at).setSnapshotDate(day).build());
    }
    if (change.getInvoicePayment() != null) {
      exported.setInvoicePayment(
          change.getInvoicePayment().toBuilder().setChangedAt(at).setSnapshotDate(day).build());
    }
    if (change.getCharge() != null) {
      exported.setCharge(
          change.getCharge().toBuilder().setChangedAt(at).setSnapshotDate(day).build());
    }
    if (change.getRefund() != null) {
      exported.setRefund(
          change.getRefund().toBuilder().setChangedAt(at).setSnapshotDate(day).build());
    }
    if (change.getDispute() != null) {
      exported.setDispute(
          change.getDispute().toBuilder().setChangedAt(at).setSnapshotDate(day).build());
    }
    return exported.build();
  }

  /** Some of the three subscriptions, whose events come with those of their payments. */
  public static Stream<String> subscriptionsOf(int bits) {
    return IntStream.rangeClosed(1, 3)
        .filter(number -> (bits & (1 << (number - 1))) != 0)
        .mapToObj(number -> "sub_" + number);
  }

  /** Whether something that took effect before a day is seen only on it or later. */
  public static boolean comesLate(List<Change> seen, LocalDate day, ZoneId zone) {
    Instant start = Days.start(day, zone);
    Map<String, Instant> firstSeen = new HashMap<>();
    seen.forEach(
        change ->
            firstSeen.merge(
                change.version().getId(), change.changedAt(), (a, b) -> a.isBefore(b) ? a : b));
    return seen.stream()
        .filter(change -> !change.changedAt().isBefore(start))
        .anyMatch(
            change ->
                (change.version().getCreated().isBefore(start)
                        && !firstSeen.get(change.version().getId()).isBefore(start))
                    || (endedBefore(start, change)
                        && seen.stream().noneMatch(other -> isKnownEnd(start, change, other))));
  }

  private static boolean endedBefore(Instant start, Change change) {
    return change.getSubscription() != null
        && change.getSubscription().getEndedAt() != null
        && change.getSubscription().getEndedAt().isBefore(start);
  }

  private static boolean isKnownEnd(Instant start, Change end, Change other) {
    return other.version().getId().equals(end.version().getId())
        && other.changedAt().isBefore(start)
        && other.getSubscription().getEndedAt() != null;
  }

  private static Instant noon(LocalDate day) {
    return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
  }

  private Exports() {}
}
