package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.CancellationDetails;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.model.truth.TrueMovement;
import org.stripeanalytics.synthesis.history.ReportingDays;

/**
 * What one customer's recurring revenue truly was at the end of each day, as the simulation itself
 * knows it: from its decisions, not from rows.
 */
final class RevenueTruth {
  private static final Map<String, String> KINDS =
      Map.of(
          "cancellation_requested", "voluntary",
          "payment_failed", "involuntary",
          "payment_disputed", "dispute");

  private final ReportingDays days;
  private final List<Level> levels = new ArrayList<>();

  RevenueTruth(ReportingDays days) {
    this.days = days;
  }

  /**
   * Notes a subscription's new state; a customer has one subscription at a time.
   *
   * @param arr annualised, in minor units, while it counts
   */
  void changed(Instant at, Subscription state, long arr) {
    boolean counts =
        (state.getStatus().equals("active") || state.getStatus().equals("past_due"))
            && (state.getPauseCollection() == null
                || state.getPauseCollection().getBehavior().equals("keep_as_draft"));
    LocalDate day = days.of(at);
    if (!levels.isEmpty() && levels.get(levels.size() - 1).day().equals(day)) {
      levels.remove(levels.size() - 1);
    }
    levels.add(new Level(day, at, counts ? arr : 0, kind(state)));
  }

  private static String kind(Subscription state) {
    CancellationDetails details = state.getCancellationDetails();
    if (state.getStatus().equals("unpaid")) {
      return "involuntary";
    }
    if (state.getEndedAt() == null || details == null || details.getReason() == null) {
      return "pause";
    }
    return KINDS.getOrDefault(details.getReason(), "unknown");
  }

  /** From the end of each day to the end of the next, in order. */
  List<TrueMovement> movements() {
    List<TrueMovement> movements = new ArrayList<>();
    long before = 0;
    for (Level level : levels) {
      if (level.arr() != before) {
        movements.add(
            TrueMovement.builder()
                .setDay(level.day())
                .setMovementType(type(before, level.arr(), movements.isEmpty()))
                .setArrMinor(level.arr())
                .setChurnKind(level.arr() == 0 ? level.kind() : null)
                .build());
        before = level.arr();
      }
    }
    return movements;
  }

  /** When revenue last ended, if it has not come back. */
  @Nullable Instant churnedAt() {
    Instant churned = null;
    long before = 0;
    for (Level level : levels) {
      if (level.arr() == 0 && before > 0) {
        churned = level.at();
      } else if (level.arr() > 0) {
        churned = null;
      }
      before = level.arr();
    }
    return churned;
  }

  private static String type(long before, long after, boolean first) {
    if (before == 0) {
      return first ? "new" : "reactivation";
    }
    if (after == 0) {
      return "churn";
    }
    return after > before ? "expansion" : "contraction";
  }

  private record Level(LocalDate day, Instant at, long arr, String kind) {}
}
