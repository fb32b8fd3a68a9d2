package org.stripeanalytics.fold;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.ChangeLog;
import org.stripeanalytics.fold.changes.DisputeSnapshot;
import org.stripeanalytics.fold.changes.RefundSnapshot;
import org.stripeanalytics.fold.changes.Version;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.MoneyBack;
import org.stripeanalytics.fold.timeline.DisputedCharge;
import org.stripeanalytics.fold.timeline.RefundedCharge;

/** What comes after a charge: one customer's refunds and disputes over an interval. */
final class AftermathFold {
  /** Why Stripe itself gives back money that was never captured. */
  private static final String LAPSED = "expired_uncaptured_charge";

  private final CustomerState state;
  private final ChangeLog changes;
  private final BillingFold billing;

  /** The refunds and disputes whose money had moved before the interval. */
  private final ImmutableSet<String> movedBefore;

  AftermathFold(CustomerState state, ChangeLog changes, BillingFold billing) {
    this.state = state;
    this.changes = changes;
    this.billing = billing;
    this.movedBefore =
        state.getRefundsAndDisputes().stream()
            .filter(seen -> seen.getMovedAt() != null)
            .map(MoneyBack::getId)
            .collect(toImmutableSet());
  }

  /** The refunds that changed, as their newest versions say. */
  ImmutableList<RefundedCharge> refunds() {
    Map<String, Optional<Instant>> moved = movedBy(Instant.MAX);
    return newest(changes.refunds()).values().stream()
        .map(
            refund ->
                RefundedCharge.builder()
                    .setRefund(refund)
                    .setOrigin(billing.origin(refund.getCharge(), refund.getId()))
                    .setIsRelease(isRelease(refund))
                    .setRefundedAt(newlyMoved(refund.getId(), moved))
                    .setAmountReportingMinor(
                        billing.converted(refund.getAmount(), refund.getCurrency()))
                    .build())
        .collect(toImmutableList());
  }

  /** The disputes that changed, as their newest versions say. */
  ImmutableList<DisputedCharge> disputes() {
    Map<String, Optional<Instant>> moved = movedBy(Instant.MAX);
    return newest(changes.disputes()).values().stream()
        .map(
            dispute ->
                DisputedCharge.builder()
                    .setDispute(dispute)
                    .setOrigin(billing.origin(dispute.getCharge(), dispute.getId()))
                    .setDisputedAt(newlyMoved(dispute.getId(), moved))
                    .setAmountReportingMinor(
                        billing.converted(dispute.getAmount(), dispute.getCurrency()))
                    .build())
        .collect(toImmutableList());
  }

  /** What to remember at an instant. */
  ImmutableList<MoneyBack> statesAt(Instant end) {
    return movedBy(end).entrySet().stream()
        .map(
            object ->
                MoneyBack.builder()
                    .setId(object.getKey())
                    .setMovedAt(object.getValue().orElse(null))
                    .build())
        .collect(toImmutableList());
  }

  /** Whether an object was seen before the interval. */
  boolean wasSeen(String id) {
    return state.getRefundsAndDisputes().stream().anyMatch(seen -> seen.getId().equals(id));
  }

  /**
   * When the money of each refund and dispute first moved: with its creation, where its first
   * version says so, else with the version that does.
   */
  private Map<String, Optional<Instant>> movedBy(Instant end) {
    Map<String, Optional<Instant>> moved = new TreeMap<>();
    state
        .getRefundsAndDisputes()
        .forEach(seen -> moved.put(seen.getId(), Optional.ofNullable(seen.getMovedAt())));
    note(changes.refunds(), end, this::hasMoved, moved);
    note(changes.disputes(), end, AftermathFold::hasMoved, moved);
    return moved;
  }

  private static <V extends Version> void note(
      List<V> versions, Instant end, Predicate<V> hasMoved, Map<String, Optional<Instant>> moved) {
    for (V version : versions) {
      if (version.getChangedAt().isBefore(end)) {
        Optional<Instant> known = moved.get(version.getId());
        if (known == null) {
          moved.put(
              version.getId(),
              hasMoved.test(version) ? Optional.of(version.getCreated()) : Optional.empty());
        } else if (known.isEmpty() && hasMoved.test(version)) {
          moved.put(version.getId(), Optional.of(version.getChangedAt()));
        }
      }
    }
  }

  private boolean hasMoved(RefundSnapshot refund) {
    return "succeeded".equals(refund.getStatus()) && !isRelease(refund);
  }

  private boolean isRelease(RefundSnapshot refund) {
    return LAPSED.equals(refund.getReason()) || billing.isHold(refund.getCharge());
  }

  /** An inquiry moves no money, and neither does a dispute that was prevented. */
  private static boolean hasMoved(DisputeSnapshot dispute) {
    return !dispute.getStatus().startsWith("warning_") && !dispute.getStatus().equals("prevented");
  }

  /** Null where it has not moved, or had before the interval. */
  private @Nullable Instant newlyMoved(String id, Map<String, Optional<Instant>> moved) {
    return movedBefore.contains(id) ? null : moved.get(id).orElse(null);
  }

  private static <V extends Version> Map<String, V> newest(List<V> versions) {
    Map<String, V> newest = new LinkedHashMap<>();
    versions.forEach(version -> newest.put(version.getId(), version));
    return newest;
  }
}
