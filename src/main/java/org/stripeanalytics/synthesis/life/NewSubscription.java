package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import java.util.List;
import org.stripeanalytics.model.raw.CancellationDetails;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.model.raw.SubscriptionItem;

/** The objects that a subscription begins with. */
final class NewSubscription {

  /** One unit of a price, for the first period. */
  static SubscriptionItem item(String id, Instant at, Instant periodEnd, ItemPrice price) {
    return SubscriptionItem.builder()
        .setId(id)
        .setCreated(at)
        .setQuantity(1L)
        .setCurrentPeriodStart(at)
        .setCurrentPeriodEnd(periodEnd)
        .setPrice(price)
        .build();
  }

  /** A subscription that lacks what depends on whether it begins with a trial. */
  static Subscription.Builder of(String id, Instant at, Customer customer, SubscriptionItem item) {
    return Subscription.builder()
        .setId(id)
        .setCustomer(customer.getId())
        .setCreated(at)
        .setStartDate(at)
        .setCurrency(item.getPrice().getCurrency())
        .setCollectionMethod("charge_automatically")
        .setCancelAtPeriodEnd(false)
        .setCancellationDetails(CancellationDetails.builder().build())
        .setItems(List.of(item))
        .setLivemode(true);
  }

  private NewSubscription() {}
}
