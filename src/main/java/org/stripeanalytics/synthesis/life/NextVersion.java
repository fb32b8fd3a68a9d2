package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.CancellationDetails;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.PauseCollection;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.model.raw.SubscriptionItem;

/**
 * How a subscription looks after something has happened to it: the fields that Stripe sets and
 * clears together. The first version is {@link NewSubscription}'s.
 */
final class NextVersion {

  /** The trial, if there was one, is over; a subscription with an open payment stays past due. */
  static Subscription.Builder renewed(Subscription row, SubscriptionItem next) {
    return row.toBuilder()
        .setStatus(row.getStatus().equals("trialing") ? "active" : row.getStatus())
        .setItems(List.of(next));
  }

  static SubscriptionItem ofItem(
      SubscriptionItem elapsed, Instant start, Instant end, ItemPrice price) {
    return elapsed.toBuilder()
        .setCurrentPeriodStart(start)
        .setCurrentPeriodEnd(end)
        .setPrice(price)
        .build();
  }

  /** It goes on to the end of the period that is paid. */
  static Subscription.Builder cancellationScheduled(
      Subscription row, Instant at, CancellationDetails details) {
    return row.toBuilder()
        .setCancelAtPeriodEnd(true)
        .setCancelAt(row.getItems().get(0).getCurrentPeriodEnd())
        .setCanceledAt(at)
        .setCancellationDetails(details);
  }

  static Subscription.Builder cancellationRevoked(Subscription row) {
    return withoutSchedule(row)
        .setCanceledAt(null)
        .setCancellationDetails(CancellationDetails.builder().build());
  }

  static Subscription.Builder withoutSchedule(Subscription row) {
    return row.toBuilder().setCancelAtPeriodEnd(false).setCancelAt(null);
  }

  static Subscription.Builder paused(Subscription row, String behavior, Instant resumes) {
    return row.toBuilder()
        .setPauseCollection(
            PauseCollection.builder().setBehavior(behavior).setResumesAt(resumes).build());
  }

  /** The day of the cancellation is that of the request, where there was one before. */
  static Subscription.Builder ended(Subscription row, Instant at, CancellationDetails details) {
    return row.toBuilder()
        .setStatus("canceled")
        .setCanceledAt(row.getCanceledAt() == null ? at : row.getCanceledAt())
        .setCancellationDetails(details)
        .setPauseCollection(null)
        .setEndedAt(at);
  }

  static CancellationDetails because(String reason, @Nullable String feedback) {
    return CancellationDetails.builder().setReason(reason).setFeedback(feedback).build();
  }

  private NextVersion() {}
}
