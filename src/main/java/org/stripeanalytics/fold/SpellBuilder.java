package org.stripeanalytics.fold;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.RecurringRevenue.ItemRevenue;
import org.stripeanalytics.fold.billing.BilledPeriod;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.ChurnKind;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.DiscountTerms;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.model.intermediate.SpellItem;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;
import org.stripeanalytics.model.raw.SubscriptionItem;

/**
 * Cuts a subscription's holds where a discount starts or ends, computes what counts in each piece
 * and joins neighbours that say the same: a renewal opens no spell.
 */
final class SpellBuilder {
  private static final Set<String> COUNTED = Set.of("active", "past_due");
  private static final Set<String> UNCOUNTED_PAUSES = Set.of("void", "mark_uncollectible");

  private final Catalog catalog;
  private final MetricPolicies policies;
  private final RecurringRevenue revenue;

  SpellBuilder(Catalog catalog, MetricPolicies policies) {
    this.catalog = catalog;
    this.policies = policies;
    this.revenue = new RecurringRevenue(catalog, policies.frame());
  }

  /**
   * @param open the spell that still lasts where the holds begin; null for a new subscription
   * @param holds in time order
   * @param context what the customer's other objects say
   * @param end first instant not to look at
   * @return the open spell, closed or not, and those that follow it
   */
  List<SubscriptionSpell> spells(
      @Nullable SubscriptionSpell open,
      List<SubscriptionHold> holds,
      CustomerContext context,
      Instant end) {
    List<SubscriptionSpell> spells = new ArrayList<>();
    if (open != null) {
      spells.add(open);
    }
    for (int i = 0; i < holds.size() && holds.get(i).from().isBefore(end); i++) {
      Instant until = i + 1 < holds.size() ? min(holds.get(i + 1).from(), end) : end;
      for (Instant from : cuts(holds.get(i), until, context)) {
        append(spells, spell(holds.get(i), from, context));
      }
    }
    return spells;
  }

  private void append(List<SubscriptionSpell> spells, SubscriptionSpell next) {
    if (spells.isEmpty()) {
      spells.add(next);
      return;
    }
    SubscriptionSpell last = spells.get(spells.size() - 1);
    if (saysTheSame(last, next)) {
      return;
    }
    if (last.getValidFrom().isBefore(next.getValidFrom())) {
      spells.set(
          spells.size() - 1,
          last.toBuilder()
              .setValidTo(next.getValidFrom())
              .setAsOf(Days.of(next.getValidFrom(), policies.frame().zone()))
              .build());
    } else {
      spells.remove(spells.size() - 1);
    }
    spells.add(next);
  }

  private static boolean saysTheSame(SubscriptionSpell a, SubscriptionSpell b) {
    return a.equals(b.toBuilder().setValidFrom(a.getValidFrom()).setAsOf(a.getAsOf()).build());
  }

  /**
   * The hold's first instant and every one at which a discount on it starts or ends, its end was
   * asked for, or an invoice bills it anew, where only that says what it costs. Nothing more
   * happens to what is canceled, whatever discount it had.
   */
  private Set<Instant> cuts(SubscriptionHold hold, Instant until, CustomerContext context) {
    Set<Instant> cuts = new TreeSet<>();
    cuts.add(hold.from());
    if (hold.from().isBefore(until) && !hold.status().equals("canceled")) {
      Stream.of(
              context.discountChanges(hold.version(), catalog).stream(),
              Stream.ofNullable(hold.version().getCanceledAt()),
              billingChanges(hold.version(), context))
          .flatMap(instants -> instants)
          .filter(instant -> instant.isAfter(hold.from()) && instant.isBefore(until))
          .forEach(cuts::add);
    }
    return cuts;
  }

  private Stream<Instant> billingChanges(SubscriptionSnapshot version, CustomerContext context) {
    return revenue.needsInvoices(version)
        ? context.billed(version.getId()).stream()
            .flatMap(period -> Stream.of(period.getStart(), period.getEnd()))
        : Stream.empty();
  }

  /** Empty where the prices say what the items cost. */
  private List<BilledPeriod> billedAt(
      Instant instant, SubscriptionSnapshot version, CustomerContext context) {
    return revenue.needsInvoices(version)
        ? context.billed(version.getId()).stream().filter(period -> period.covers(instant)).toList()
        : List.of();
  }

  private SubscriptionSpell spell(SubscriptionHold hold, Instant from, CustomerContext context) {
    SubscriptionSnapshot version = hold.version();
    List<SubscriptionItem> items = version.getItems();
    List<List<DiscountTerms>> ofItems =
        items.stream().map(item -> live(item.getDiscounts(), from)).toList();
    boolean ownDiscounts =
        !version.getDiscounts().isEmpty()
            || items.stream().anyMatch(item -> !item.getDiscounts().isEmpty());
    List<DiscountTerms> ofSubscription =
        live(ownDiscounts ? version.getDiscounts() : context.customerDiscounts(from), from);

    List<ItemRevenue> revenues =
        revenue.of(
            version.getCurrency(),
            items,
            billedAt(from, version, context),
            ofSubscription,
            ofItems);
    boolean counted = counts(hold, from);
    ImmutableList.Builder<SpellItem> spellItems = ImmutableList.builder();
    long arr = 0;
    long list = 0;
    long billed = 0;
    for (int i = 0; i < items.size(); i++) {
      ItemRevenue item = revenues.get(i);
      long itemArr = counted ? underPolicy(item) : 0;
      arr += itemArr;
      list += counted ? item.list() : 0;
      billed += counted ? item.billed() : 0;
      spellItems.add(spellItem(items.get(i), itemArr));
    }
    ImmutableList.Builder<String> discounts = ImmutableList.builder();
    ofItems.forEach(terms -> terms.forEach(t -> discounts.add(t.id())));
    ofSubscription.forEach(t -> discounts.add(t.id()));
    return SubscriptionSpell.builder()
        .setSubscriptionId(version.getId())
        .setCustomerId(version.getCustomer())
        .setValidFrom(from)
        .setStatus(hold.status())
        .setTrialEndsAt(hold.status().equals("trialing") ? version.getTrialEnd() : null)
        .setIsCounted(counted)
        .setIsEnding(isEnding(hold))
        .setChurnKind(churnKind(hold, from, context).map(ChurnKind::id).orElse(null))
        .setArrMinor(arr)
        .setArrMinorList(list)
        .setArrMinorBilled(billed)
        .setItems(spellItems.build())
        .setDiscounts(discounts.build())
        .setAsOf(Days.of(from, policies.frame().zone()))
        .build();
  }

  private SpellItem spellItem(SubscriptionItem item, long arr) {
    return SpellItem.builder()
        .setItemId(item.getId())
        .setPriceId(item.getPrice().getId())
        .setProductId(item.getPrice().getProduct())
        .setPlan(catalog.plan(item.getPrice().getProduct()))
        .setQuantity(Optional.ofNullable(item.getQuantity()).orElse(1L))
        .setArrMinor(arr)
        .build();
  }

  private long underPolicy(ItemRevenue item) {
    return switch (policies.mrrDiscounts()) {
      case FOREVER -> item.forever();
      case LIST -> item.list();
      case BILLED -> item.billed();
    };
  }

  private boolean counts(SubscriptionHold hold, Instant from) {
    boolean pausedAway =
        hold.version().getPauseCollection() != null
            && UNCOUNTED_PAUSES.contains(hold.version().getPauseCollection().getBehavior());
    return COUNTED.contains(hold.status())
        && !pausedAway
        && !hasAskedToLeave(hold, from)
        && (policies.includePastDue() || !hold.status().equals("past_due"));
  }

  /** Under the policy that a customer who asks to leave has left. */
  private boolean hasAskedToLeave(SubscriptionHold hold, Instant at) {
    Instant canceledAt = hold.version().getCanceledAt();
    return policies.churnAt() == MetricPolicies.ChurnAt.CANCELED_AT
        && canceledAt != null
        && !at.isBefore(canceledAt);
  }

  private static boolean isEnding(SubscriptionHold hold) {
    return !hold.status().equals("canceled")
        && (hold.version().getCancelAtPeriodEnd() || hold.version().getCancelAt() != null);
  }

  /** Why revenue ended, where the hold is such an end. */
  private Optional<ChurnKind> churnKind(
      SubscriptionHold hold, Instant from, CustomerContext context) {
    if (hasAskedToLeave(hold, from)) {
      return Optional.of(whyCanceled(hold, context));
    }
    return switch (hold.status()) {
      case "unpaid" -> Optional.of(ChurnKind.INVOLUNTARY);
      case "canceled" -> Optional.of(whyCanceled(hold, context));
      default -> Optional.empty();
    };
  }

  private static ChurnKind whyCanceled(SubscriptionHold hold, CustomerContext context) {
    SubscriptionSnapshot version = hold.version();
    String reason =
        version.getCancellationDetails() == null
            ? null
            : version.getCancellationDetails().getReason();
    if (reason == null) {
      return context.paymentWasFailing(version.getId(), version.getSnapshotDate())
          ? ChurnKind.INVOLUNTARY
          : ChurnKind.UNKNOWN;
    }
    return switch (reason) {
      case "cancellation_requested" -> ChurnKind.VOLUNTARY;
      case "payment_failed" -> ChurnKind.INVOLUNTARY;
      case "payment_disputed" -> ChurnKind.DISPUTE;
      default -> ChurnKind.UNKNOWN;
    };
  }

  private List<DiscountTerms> live(List<String> discounts, Instant at) {
    return catalog.discounts(discounts).stream().filter(terms -> terms.isLiveAt(at)).toList();
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
