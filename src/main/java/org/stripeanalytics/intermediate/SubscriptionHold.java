package org.stripeanalytics.intermediate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a subscription was from one instant until the next hold of the same subscription.
 *
 * @param from first instant of it
 * @param status the status it had, which for a rebuilt past is not the version's own
 * @param version where everything else is read
 */
record SubscriptionHold(Instant from, String status, SubscriptionSnapshot version) {
  private static final Set<String> NEVER_ACTIVE =
      Set.of("incomplete", "incomplete_expired", "paused", "unpaid");

  /**
   * The holds that a subscription's versions amount to. A version holds from its {@code
   * _changed_at}; the first from {@code start_date}, a canceled one from {@code ended_at}. A
   * subscription seen only once is rebuilt from its own dates.
   *
   * @param versions in time order, the first of them the first ever seen
   */
  static List<SubscriptionHold> ofAll(List<SubscriptionSnapshot> versions) {
    return versions.size() == 1
        ? rebuilt(versions.get(0))
        : withoutOverlap(
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

  /** Trialing in its trial, then active until it ended. */
  private static List<SubscriptionHold> rebuilt(SubscriptionSnapshot only) {
    if (NEVER_ACTIVE.contains(only.getStatus())) {
      return List.of(new SubscriptionHold(only.getStartDate(), only.getStatus(), only));
    }
    List<SubscriptionHold> holds = new ArrayList<>();
    Instant active = only.getStartDate();
    if (only.getTrialStart() != null && only.getTrialEnd() != null) {
      holds.add(new SubscriptionHold(only.getTrialStart(), "trialing", only));
      active = only.getTrialEnd();
    }
    holds.add(new SubscriptionHold(active, "active", only));
    if (only.getStatus().equals("past_due")) {
      holds.add(new SubscriptionHold(only.getChangedAt(), "past_due", only));
    }
    if (only.getStatus().equals("canceled")) {
      holds.add(own(only, only.getChangedAt()));
    }
    return withoutOverlap(holds);
  }

  /** Drops what a later hold, reaching back, has replaced. */
  private static List<SubscriptionHold> withoutOverlap(List<SubscriptionHold> holds) {
    List<SubscriptionHold> kept = new ArrayList<>();
    for (SubscriptionHold hold : holds) {
      while (!kept.isEmpty() && !kept.get(kept.size() - 1).from().isBefore(hold.from())) {
        kept.remove(kept.size() - 1);
      }
      kept.add(hold);
    }
    return kept;
  }
}
