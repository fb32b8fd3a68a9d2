package org.stripeanalytics.fold;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.billing.BilledPeriod;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.SubscriptionItem;

/**
 * The past of a subscription before it was first seen: trialing in its trial, then active until it
 * ended. Price and quantity are those of the invoice line that bills the time, and nothing is known
 * of pauses and scheduled ends. An item that was added later is there from its creation on; one
 * that only lines tell of, until its line ends or an item is added in its place. It is the same
 * however many versions come later: it reads no invoice of a later time.
 */
final class RebuiltPast {
  private static final Set<String> NEVER_ACTIVE =
      Set.of("incomplete", "incomplete_expired", "paused", "unpaid");

  /** Stripe creates the items of a new subscription a moment after it. */
  private static final Duration MADE_TOGETHER = Duration.ofDays(1);

  private final SubscriptionSnapshot first;
  private final Map<String, ItemPrice> prices;
  private final List<BilledPeriod> billed;

  private RebuiltPast(
      SubscriptionSnapshot first, List<BilledPeriod> billed, Map<String, ItemPrice> prices) {
    this.first = first;
    this.prices = prices;
    this.billed =
        billed.stream()
            .filter(period -> period.getInvoiceCreated().isBefore(first.getChangedAt()))
            .filter(period -> prices.containsKey(String.valueOf(period.getPrice())))
            .toList();
  }

  /**
   * @param first the version that was seen first
   * @param billed what invoices bill the subscription, the oldest first
   * @param prices by price id
   * @return what holds before the version does, in time order; none where it was seen at the start
   */
  static List<SubscriptionHold> of(
      SubscriptionSnapshot first, List<BilledPeriod> billed, Map<String, ItemPrice> prices) {
    return new RebuiltPast(first, billed, prices).holds();
  }

  private List<SubscriptionHold> holds() {
    return cuts().stream()
        .map(cut -> new SubscriptionHold(cut, statusAt(cut), versionAt(cut)))
        .toList();
  }

  /** Every instant at which something may have changed. */
  private Set<Instant> cuts() {
    TreeSet<Instant> cuts = new TreeSet<>();
    cuts.add(first.getStartDate());
    addIfThere(first.getTrialStart(), cuts);
    addIfThere(first.getTrialEnd(), cuts);
    for (BilledPeriod period : billed) {
      cuts.add(period.getStart());
      cuts.add(period.getEnd());
    }
    first.getItems().stream()
        .filter(this::wasAddedLater)
        .forEach(item -> cuts.add(item.getCreated()));
    Instant end = first.getEndedAt() == null ? first.getChangedAt() : first.getEndedAt();
    return first.getStartDate().isBefore(end) ? cuts.subSet(first.getStartDate(), end) : Set.of();
  }

  private static void addIfThere(@Nullable Instant instant, Set<Instant> cuts) {
    if (instant != null) {
      cuts.add(instant);
    }
  }

  private String statusAt(Instant instant) {
    if (NEVER_ACTIVE.contains(first.getStatus())) {
      return first.getStatus();
    }
    boolean inTrial =
        first.getTrialStart() != null
            && !instant.isBefore(first.getTrialStart())
            && (first.getTrialEnd() == null || instant.isBefore(first.getTrialEnd()));
    return inTrial ? "trialing" : "active";
  }

  private SubscriptionSnapshot versionAt(Instant instant) {
    return first.toBuilder()
        .setPauseCollection(null)
        .setCancelAt(null)
        .setCancelAtPeriodEnd(false)
        .setItems(itemsAt(instant))
        .build();
  }

  /** The items of the version, each as the newest line that bills the instant has it. */
  private List<SubscriptionItem> itemsAt(Instant instant) {
    Map<String, SubscriptionItem> known = new LinkedHashMap<>();
    first.getItems().forEach(item -> known.put(item.getId(), item));
    Map<String, SubscriptionItem> items = new LinkedHashMap<>(known);
    items.values().removeIf(item -> wasAddedLater(item) && item.getCreated().isAfter(instant));
    for (BilledPeriod period : billed) {
      SubscriptionItem item = known.get(period.getItem());
      if (period.covers(instant) && (item != null || !isReplaced(period, instant))) {
        items.put(period.getItem(), item(period, item));
      }
    }
    return ImmutableList.copyOf(items.values());
  }

  private boolean wasAddedLater(SubscriptionItem item) {
    return item.getCreated().isAfter(first.getCreated().plus(MADE_TOGETHER));
  }

  /** Whether an item was added, at an instant, since an item began to be billed that is gone. */
  private boolean isReplaced(BilledPeriod gone, Instant instant) {
    return first.getItems().stream()
        .filter(this::wasAddedLater)
        .anyMatch(
            item ->
                item.getCreated().isAfter(gone.getStart()) && !item.getCreated().isAfter(instant));
  }

  private SubscriptionItem item(BilledPeriod period, @Nullable SubscriptionItem known) {
    SubscriptionItem.Builder item =
        known != null
            ? known.toBuilder()
            : SubscriptionItem.builder()
                .setId(period.getItem())
                .setCreated(period.getStart())
                .setCurrentPeriodStart(period.getStart())
                .setCurrentPeriodEnd(period.getEnd());
    return item.setPrice(prices.get(period.getPrice())).setQuantity(period.getQuantity()).build();
  }
}
