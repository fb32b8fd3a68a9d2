package org.stripeanalytics.dimensions;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.DescribedSubscription;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.dimensions.SubscriptionMember;
import org.stripeanalytics.model.raw.CancellationDetails;
import org.stripeanalytics.model.raw.SubscriptionItem;

/**
 * {@code dimensions.dim_subscription}: one row per subscription that the interval changed, as its
 * newest version says. Keeps windows and timestamps.
 */
public final class ComputeDimSubscription {

  public static RowsOfTimelines<SubscriptionMember> create() {
    return RowsOfTimelines.of(Tables.DIM_SUBSCRIPTION, ComputeDimSubscription::rows);
  }

  public static ImmutableList<SubscriptionMember> rows(CustomerTimeline timeline) {
    return timeline.getSubscriptions().stream()
        .map(ComputeDimSubscription::member)
        .collect(ImmutableList.toImmutableList());
  }

  private static SubscriptionMember member(DescribedSubscription described) {
    SubscriptionSnapshot version = described.getVersion();
    Optional<SubscriptionItem> item = version.getItems().stream().findFirst();
    Optional<CancellationDetails> cancellation =
        Optional.ofNullable(version.getCancellationDetails());
    boolean isCanceled = version.getStatus().equals("canceled");
    return SubscriptionMember.builder()
        .setSubscriptionKey(SurrogateKey.of(version.getId()))
        .setSubscriptionId(version.getId())
        .setCustomerId(version.getCustomer())
        .setStatus(version.getStatus())
        .setProductKey(described.getProductKey())
        .setPriceKey(described.getPriceKey())
        .setPlan(described.getPlan())
        .setQuantity(item.map(SubscriptionItem::getQuantity).orElse(1L))
        .setCurrency(version.getCurrency())
        .setBillingInterval(
            item.map(i -> i.getPrice().getRecurring()).map(r -> r.getInterval()).orElse(null))
        .setCreatedAt(version.getCreated())
        .setStartedAt(version.getStartDate())
        .setTrialStartedAt(version.getTrialStart())
        .setTrialEndsAt(version.getTrialEnd())
        .setCurrentPeriodEndsAt(
            version.getItems().stream()
                .map(SubscriptionItem::getCurrentPeriodEnd)
                .max(Comparator.naturalOrder())
                .orElse(null))
        .setIsEnding(
            !isCanceled && (version.getCancelAtPeriodEnd() || version.getCancelAt() != null))
        .setCancelsAt(version.getCancelAt())
        .setCanceledAt(version.getCanceledAt())
        .setEndedAt(version.getEndedAt())
        .setCancellationReason(cancellation.map(CancellationDetails::getReason).orElse(null))
        .setCancellationFeedback(cancellation.map(CancellationDetails::getFeedback).orElse(null))
        .setAsOf(version.getSnapshotDate())
        .build();
  }

  /** What stands for every subscription that is not known, so that no join drops a fact. */
  public static SubscriptionMember unknown() {
    return SubscriptionMember.builder()
        .setSubscriptionKey(SurrogateKey.UNKNOWN)
        .setSubscriptionId(Catalog.UNKNOWN)
        .setCustomerId(Catalog.UNKNOWN)
        .setStatus(Catalog.UNKNOWN)
        .setProductKey(SurrogateKey.UNKNOWN)
        .setPriceKey(SurrogateKey.UNKNOWN)
        .setPlan(Catalog.UNKNOWN)
        .setQuantity(0)
        .setIsEnding(false)
        .setAsOf(LocalDate.EPOCH)
        .build();
  }

  private ComputeDimSubscription() {}
}
