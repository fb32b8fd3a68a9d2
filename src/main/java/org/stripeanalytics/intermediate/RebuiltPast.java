package org.stripeanalytics.intermediate;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.SubscriptionItem;

/**
 * The past of a subscription of which only one version was ever seen: trialing in its trial, then
 * active until it ended. Before the version was seen, price and quantity are those of the invoice
 * line that bills the time, and nothing is known of pauses and scheduled ends.
 */
final class RebuiltPast {
  private static final Set<String> NEVER_ACTIVE =
      Set.of("incomplete", "incomplete_expired", "paused", "unpaid");

  private final SubscriptionSnapshot only;
  private final Map<String, ItemPrice> prices;
  private final List<Billed> billed;

  private RebuiltPast(
      SubscriptionSnapshot only, List<InvoiceSnapshot> invoices, Map<String, ItemPrice> prices) {
    this.only = only;
    this.prices = prices;
    this.billed =
        invoices.stream()
            .flatMap(invoice -> invoice.getLines().stream().map(line -> new Billed(invoice, line)))
            .filter(bill -> bill.isOf(only.getId()))
            .sorted(Billed.OLDEST_FIRST)
            .toList();
  }

  /**
   * @param invoices the newest version of each
   * @param prices by price id
   */
  static List<SubscriptionHold> of(
      SubscriptionSnapshot only, List<InvoiceSnapshot> invoices, Map<String, ItemPrice> prices) {
    return new RebuiltPast(only, invoices, prices).holds();
  }

  private List<SubscriptionHold> holds() {
    ImmutableList.Builder<SubscriptionHold> holds = ImmutableList.builder();
    for (Instant cut : cuts()) {
      holds.add(new SubscriptionHold(cut, statusAt(cut), versionAt(cut)));
    }
    return holds.build();
  }

  /** Every instant at which something may have changed. */
  private Set<Instant> cuts() {
    Set<Instant> cuts = new TreeSet<>();
    cuts.add(only.getStartDate());
    addIfLater(only.getTrialStart(), cuts);
    addIfLater(only.getTrialEnd(), cuts);
    addIfLater(only.getChangedAt(), cuts);
    addIfLater(only.getEndedAt(), cuts);
    for (Billed bill : billed) {
      if (bill.line().getPeriod().getStart().isBefore(only.getChangedAt())) {
        addIfLater(bill.line().getPeriod().getStart(), cuts);
        addIfLater(bill.line().getPeriod().getEnd(), cuts);
      }
    }
    return cuts;
  }

  private void addIfLater(@Nullable Instant instant, Set<Instant> cuts) {
    if (instant != null && instant.isAfter(only.getStartDate())) {
      cuts.add(instant);
    }
  }

  private String statusAt(Instant instant) {
    if (NEVER_ACTIVE.contains(only.getStatus())) {
      return only.getStatus();
    }
    if (hasEndedBy(instant)) {
      return "canceled";
    }
    if (only.getTrialStart() != null
        && !instant.isBefore(only.getTrialStart())
        && (only.getTrialEnd() == null || instant.isBefore(only.getTrialEnd()))) {
      return "trialing";
    }
    return only.getStatus().equals("past_due") && isSeenBy(instant) ? "past_due" : "active";
  }

  private boolean hasEndedBy(Instant instant) {
    if (only.getEndedAt() != null) {
      return !instant.isBefore(only.getEndedAt());
    }
    return only.getStatus().equals("canceled") && isSeenBy(instant);
  }

  private boolean isSeenBy(Instant instant) {
    return !instant.isBefore(only.getChangedAt());
  }

  private SubscriptionSnapshot versionAt(Instant instant) {
    if (isSeenBy(instant)) {
      return only;
    }
    return only.toBuilder()
        .setPauseCollection(null)
        .setCancelAt(null)
        .setCancelAtPeriodEnd(false)
        .setItems(itemsAt(instant))
        .build();
  }

  /** The items of the version, each as the newest line that bills the instant has it. */
  private List<SubscriptionItem> itemsAt(Instant instant) {
    Map<String, SubscriptionItem> items = new LinkedHashMap<>();
    only.getItems().forEach(item -> items.put(item.getId(), item));
    for (Billed bill : billed) {
      ItemPrice price = prices.get(bill.priceId());
      if (price != null && bill.covers(instant)) {
        items.put(bill.itemId(), bill.item(price, items.get(bill.itemId())));
      }
    }
    return ImmutableList.copyOf(items.values());
  }

  /** A line of an invoice that bills an item of a subscription, prorations left out. */
  private record Billed(InvoiceSnapshot invoice, BilledLine line) {
    static final Comparator<Billed> OLDEST_FIRST =
        Comparator.comparing((Billed bill) -> bill.invoice().getCreated())
            .thenComparing(bill -> bill.invoice().getId())
            .thenComparing(bill -> bill.line().getId());

    boolean isOf(String subscription) {
      BilledItem item = details();
      if (item == null || item.getProration() || priceId() == null) {
        return false;
      }
      String billed = item.getSubscription();
      if (billed == null && invoice.getParent() != null) {
        billed = invoice.getParent().getSubscription();
      }
      return Objects.equals(billed, subscription);
    }

    boolean covers(Instant instant) {
      return !instant.isBefore(line.getPeriod().getStart())
          && instant.isBefore(line.getPeriod().getEnd());
    }

    String itemId() {
      return details().getSubscriptionItem();
    }

    @Nullable String priceId() {
      return line.getPricing() == null ? null : line.getPricing().getPrice();
    }

    SubscriptionItem item(ItemPrice price, @Nullable SubscriptionItem known) {
      SubscriptionItem.Builder item =
          known != null
              ? known.toBuilder()
              : SubscriptionItem.builder()
                  .setId(itemId())
                  .setCreated(line.getPeriod().getStart())
                  .setCurrentPeriodStart(line.getPeriod().getStart())
                  .setCurrentPeriodEnd(line.getPeriod().getEnd());
      return item.setPrice(price).setQuantity(line.getQuantity()).build();
    }

    private @Nullable BilledItem details() {
      return line.getParent() == null ? null : line.getParent().getSubscriptionItemDetails();
    }
  }

  /** The newest version of each invoice. */
  static List<InvoiceSnapshot> newest(List<InvoiceSnapshot> versions) {
    Map<String, InvoiceSnapshot> newest = new LinkedHashMap<>();
    versions.forEach(version -> newest.put(version.getId(), version));
    return new ArrayList<>(newest.values());
  }
}
