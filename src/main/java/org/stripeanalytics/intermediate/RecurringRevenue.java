package org.stripeanalytics.intermediate;

import static org.stripeanalytics.intermediate.DiscountTerms.Duration.FOREVER;
import static org.stripeanalytics.intermediate.DiscountTerms.Duration.ONCE;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.model.Ratio;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.Recurring;
import org.stripeanalytics.model.raw.SubscriptionItem;

/**
 * Annualised recurring revenue of a subscription's items: price × quantity × intervals a year, less
 * discounts, in minor units of the reporting currency. An integer wherever the price is a usual
 * one.
 */
final class RecurringRevenue {
  private static final Logger LOG = LoggerFactory.getLogger(RecurringRevenue.class);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Catalog catalog;
  private final MetricPolicies policies;

  RecurringRevenue(Catalog catalog, MetricPolicies policies) {
    this.catalog = catalog;
    this.policies = policies;
  }

  /**
   * An item's annualised minor units of the reporting currency.
   *
   * @param list before discounts
   * @param forever after live discounts of duration forever
   * @param billed after live discounts of duration forever and repeating
   */
  record ItemRevenue(long list, long forever, long billed) {}

  /**
   * @param subscriptionDiscounts live discounts that apply to all items, in order
   * @param itemDiscounts live discounts of each item, in the order of the items
   * @return one element per item, in their order
   */
  List<ItemRevenue> of(
      List<SubscriptionItem> items,
      List<DiscountTerms> subscriptionDiscounts,
      List<List<DiscountTerms>> itemDiscounts) {
    List<Long> list = items.stream().map(RecurringRevenue::listPrice).toList();
    List<ItemRevenue> revenues = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      DiscountedItem item =
          new DiscountedItem(items, list, i, subscriptionDiscounts, itemDiscounts.get(i));
      revenues.add(
          new ItemRevenue(
              convert(items.get(i), list.get(i)),
              convert(items.get(i), item.after(terms -> terms.duration() == FOREVER)),
              convert(items.get(i), item.after(terms -> terms.duration() != ONCE))));
    }
    return revenues;
  }

  private long convert(SubscriptionItem item, long minor) {
    return catalog.convert(minor, item.getPrice().getCurrency(), policies.reportingCurrency());
  }

  /** Annualised minor units of the price's own currency; 0 for what does not recur by itself. */
  static long listPrice(SubscriptionItem item) {
    ItemPrice price = item.getPrice();
    Recurring recurring = price.getRecurring();
    if (recurring == null || recurring.getUsageType().equals("metered")) {
      return 0;
    }
    if (price.getBillingScheme().equals("tiered")) {
      LOG.warn("price {} is tiered and counts 0 towards MRR", price.getId());
      return 0;
    }
    long quantity = Optional.ofNullable(item.getQuantity()).orElse(1L);
    long timesAYear = Math.multiplyExact(quantity, intervalsPerYear(recurring.getInterval()));
    if (price.getUnitAmount() != null) {
      return Ratio.round(
          Math.multiplyExact(price.getUnitAmount(), timesAYear), recurring.getIntervalCount());
    }
    if (price.getUnitAmountDecimal() == null) {
      return 0;
    }
    return Ratio.round(
        new BigDecimal(price.getUnitAmountDecimal())
            .multiply(BigDecimal.valueOf(timesAYear))
            .divide(BigDecimal.valueOf(recurring.getIntervalCount()), MathContext.DECIMAL128));
  }

  private static long intervalsPerYear(String interval) {
    return switch (interval) {
      case "day" -> 365;
      case "week" -> 52;
      case "month" -> 12;
      case "year" -> 1;
      // One that Stripe has added since; the ingestion has warned of it.
      default -> 0;
    };
  }

  /** One item and the discounts on it, applied in order: its own first, then the subscription's. */
  private record DiscountedItem(
      List<SubscriptionItem> items,
      List<Long> list,
      int index,
      List<DiscountTerms> subscriptionDiscounts,
      List<DiscountTerms> ownDiscounts) {

    long after(Predicate<DiscountTerms> applied) {
      if (subscriptionDiscounts.isEmpty() && ownDiscounts.isEmpty()) {
        return list.get(index);
      }
      BigDecimal revenue = BigDecimal.valueOf(list.get(index));
      for (DiscountTerms terms : ownDiscounts) {
        if (applied.test(terms) && terms.appliesTo(product())) {
          revenue = revenue.subtract(off(terms, revenue, List.of(index)));
        }
      }
      for (DiscountTerms terms : subscriptionDiscounts) {
        if (applied.test(terms) && terms.appliesTo(product())) {
          revenue = revenue.subtract(off(terms, revenue, eligible(terms)));
        }
      }
      return Ratio.round(revenue.max(BigDecimal.ZERO));
    }

    private String product() {
      return items.get(index).getPrice().getProduct();
    }

    private List<Integer> eligible(DiscountTerms terms) {
      List<Integer> eligible = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        ItemPrice price = items.get(i).getPrice();
        if (terms.appliesTo(price.getProduct())
            && (terms.currency() == null || terms.currency().equals(price.getCurrency()))) {
          eligible.add(i);
        }
      }
      return eligible;
    }

    private BigDecimal off(DiscountTerms terms, BigDecimal revenue, List<Integer> eligible) {
      if (terms.percentOff() != null) {
        return revenue.multiply(terms.percentOff()).divide(HUNDRED, MathContext.DECIMAL128);
      }
      ItemPrice price = items.get(index).getPrice();
      if (terms.amountOff() == null || !price.getCurrency().equals(terms.currency())) {
        return BigDecimal.ZERO;
      }
      return BigDecimal.valueOf(share(annualised(terms.amountOff(), price), eligible));
    }

    /** What an amount off every invoice comes to in a year. */
    private static long annualised(long amountOff, ItemPrice price) {
      Recurring recurring = price.getRecurring();
      return recurring == null
          ? 0
          : Ratio.round(
              Math.multiplyExact(amountOff, intervalsPerYear(recurring.getInterval())),
              recurring.getIntervalCount());
    }

    /** This item's part of an amount, in proportion to list prices; the last id takes the rest. */
    private long share(long amount, List<Integer> eligible) {
      long total = eligible.stream().mapToLong(list::get).sum();
      if (total == 0) {
        return 0;
      }
      int last =
          eligible.stream()
              .max((a, b) -> items.get(a).getId().compareTo(items.get(b).getId()))
              .orElseThrow();
      if (index != last) {
        return part(amount, index, total);
      }
      return amount
          - eligible.stream().filter(i -> i != last).mapToLong(i -> part(amount, i, total)).sum();
    }

    private long part(long amount, int item, long total) {
      return BigDecimal.valueOf(amount)
          .multiply(BigDecimal.valueOf(list.get(item)))
          .divideToIntegralValue(BigDecimal.valueOf(total))
          .longValueExact();
    }
  }
}
