package org.stripeanalytics.staging;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.Recurring;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.model.raw.SubscriptionItem;
import org.stripeanalytics.model.staging.StagedSubscriptionItem;

/**
 * {@code staging.stg_subscription_items}: the items of subscriptions as rows of their own. Keeps
 * windows and timestamps.
 */
public final class FlattenSubscriptionItems
    extends PTransform<PCollection<Subscription>, PCollection<StagedSubscriptionItem>> {

  private FlattenSubscriptionItems() {}

  public static FlattenSubscriptionItems create() {
    return new FlattenSubscriptionItems();
  }

  @Override
  public PCollection<StagedSubscriptionItem> expand(PCollection<Subscription> subscriptions) {
    return subscriptions
        .apply(
            "TakeItems",
            FlatMapElements.into(TypeDescriptor.of(StagedSubscriptionItem.class))
                .via(FlattenSubscriptionItems::rows))
        .setCoder(Tables.STG_SUBSCRIPTION_ITEMS.coder());
  }

  static List<StagedSubscriptionItem> rows(Subscription subscription) {
    ImmutableList.Builder<StagedSubscriptionItem> rows = ImmutableList.builder();
    int position = 1;
    for (SubscriptionItem item : subscription.getItems()) {
      Optional<Recurring> recurring = Optional.ofNullable(item.getPrice().getRecurring());
      rows.add(
          StagedSubscriptionItem.builder()
              .setItemId(item.getId())
              .setSubscriptionId(subscription.getId())
              .setCustomerId(subscription.getCustomer())
              .setPosition(position++)
              .setCreated(item.getCreated())
              .setQuantity(item.getQuantity())
              .setCurrentPeriodStart(item.getCurrentPeriodStart())
              .setCurrentPeriodEnd(item.getCurrentPeriodEnd())
              .setPriceId(item.getPrice().getId())
              .setProductId(item.getPrice().getProduct())
              .setCurrency(item.getPrice().getCurrency())
              .setUnitAmount(item.getPrice().getUnitAmount())
              .setRecurringInterval(recurring.map(Recurring::getInterval).orElse(null))
              .setRecurringIntervalCount(recurring.map(Recurring::getIntervalCount).orElse(null))
              .setUsageType(recurring.map(Recurring::getUsageType).orElse(null))
              .setDiscounts(item.getDiscounts())
              .setSnapshotDate(subscription.getSnapshotDate())
              .build());
    }
    return rows.build();
  }
}
