package org.stripeanalytics.fold;

import static org.stripeanalytics.fold.terms.DiscountTerms.Duration.FOREVER;
import static org.stripeanalytics.fold.terms.DiscountTerms.Duration.REPEATING;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.stripeanalytics.fold.billing.BilledPeriod;
import org.stripeanalytics.fold.billing.ListPrice;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.DiscountTerms;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.Ratio;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.Recurring;
import org.stripeanalytics.model.raw.SubscriptionItem;

/**
 * Annualised recurring revenue of a subscription's items: list price less discounts, in minor units
 * of the reporting currency. An integer wherever the price is a usual one.
 */
final class RecurringRevenue {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Catalog catalog;
  private final ReportingFrame frame;
  private final ListPrice listPrice;

  RecurringRevenue(Catalog catalog, ReportingFrame frame) {
    this.catalog = catalog;
    this.frame = frame;
    this.listPrice = new ListPrice(catalog);
  }

  /**
   * An item's annualised minor units of the reporting currency.
   *
   * @param list before discounts
   * @param forever after live discounts of duration forever
   * @param billed after live discounts of duration forever and repeating
   */
  record ItemRevenue(long list, long forever, long billed) {}

  /** Whether only an invoice can say what one of the items costs. */
  boolean needsInvoices(SubscriptionSnapshot version) {
    return listPrice.needsInvoices(version.getItems(), version.getCurrency());
  }

  /**
   * @param currency the subscription's, in which it pays for the items
   * @param billed what invoices bill it at that time, the oldest first
   * @param subscriptionDiscounts live discounts that apply to all items, in order
   * @param itemDiscounts live discounts of each item, in the order of the items
   * @return one element per item, in their order
   */
  List<ItemRevenue> of(
      String currency,
      List<SubscriptionItem> items,
      List<BilledPeriod> billed,
      List<DiscountTerms> subscriptionDiscounts,
      List<List<DiscountTerms>> itemDiscounts) {
    List<Long> list = items.stream().map(item -> listPrice.of(item, currency, billed)).toList();
    List<ItemRevenue> revenues = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      DiscountedItem item =
          new DiscountedItem(currency, items, list, i, subscriptionDiscounts, itemDiscounts.get(i));
      revenues.add(
          new ItemRevenue(
              convert(currency, list.get(i)),
              convert(currency, item.after(terms -> terms.duration() == FOREVER)),
              convert(currency, item.after(RecurringRevenue::recurs))));
    }
    return revenues;
  }

  private static boolean recurs(DiscountTerms terms) {
    return terms.duration() == FOREVER || terms.duration() == REPEATING;
  }

  private long convert(String currency, long minor) {
    return catalog.convert(minor, currency, frame.currency());
  }

  /** One item and the discounts on it, applied in order: its own first, then the subscription's. */
  private record DiscountedItem(
      String currency,
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
        if (terms.appliesTo(items.get(i).getPrice().getProduct())) {
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
      if (terms.amountOff() == null || !currency.equals(terms.currency())) {
        return BigDecimal.ZERO;
      }
      return BigDecimal.valueOf(share(annualised(terms.amountOff(), price), eligible));
    }

    /** What an amount off every invoice comes to in a year. */
    private static long annualised(long amountOff, ItemPrice price) {
      Recurring recurring = price.getRecurring();
      return recurring == null
          ? 0
          : ListPrice.annualised(
              BigDecimal.valueOf(amountOff), recurring.getInterval(), recurring.getIntervalCount());
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
