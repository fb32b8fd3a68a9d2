package org.stripeanalytics.fold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;

/**
 * What a subscription was from one instant until the next hold of the same subscription.
 *
 * @param from first instant of it
 * @param status the status it had, which for a rebuilt past is not the version's own
 * @param version where everything else is read
 */
record SubscriptionHold(Instant from, String status, SubscriptionSnapshot version) {

  /**
   * The holds of a subscription that was seen at its start. A version holds from its {@code
   * _changed_at}; the first from {@code start_date}, a canceled one from {@code ended_at}.
   *
   * @param versions in time order, the first of them the first ever seen
   */
  static List<SubscriptionHold> ofAll(List<SubscriptionSnapshot> versions) {
    return withoutOverlap(
        versions.stream()
            .map(v -> own(v, v == versions.get(0) ? v.getStartDate() : v.getChangedAt()))
            .toList());
  }

  /** The holds of versions that follow others. */
  static List<SubscriptionHold> ofLater(List<SubscriptionSnapshot> versions) {
    return withoutOverlap(versions.stream().map(v -> own(v, v.getChangedAt())).toList());
  }

  private static SubscriptionHold own(SubscriptionSnapshot version, Instant from) {
    Instant ended =
        version.getStatus().equals("canceled")
            ? Optional.ofNullable(version.getEndedAt()).orElse(from)
            : from;
    return new SubscriptionHold(ended, version.getStatus(), version);
  }

  boolean isCanceled() {
    return status.equals("canceled");
  }

  /**
   * Drops what a later hold, reaching back, has replaced. Nothing more happens to what is canceled,
   * though every export brings it again.
   */
  static List<SubscriptionHold> withoutOverlap(List<SubscriptionHold> holds) {
    List<SubscriptionHold> kept = new ArrayList<>();
    for (SubscriptionHold hold : holds) {
      if (hold.isCanceled() && !kept.isEmpty() && kept.get(kept.size() - 1).isCanceled()) {
        continue;
      }
      while (!kept.isEmpty() && !kept.get(kept.size() - 1).from().isBefore(hold.from())) {
        kept.remove(kept.size() - 1);
      }
      kept.add(hold);
    }
    return kept;
  }
}
