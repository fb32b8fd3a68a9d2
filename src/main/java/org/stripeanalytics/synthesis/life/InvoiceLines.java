package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.Money;
import org.stripeanalytics.model.raw.InvoiceLine;
import org.stripeanalytics.model.raw.LineParent;
import org.stripeanalytics.model.raw.LinePricing;
import org.stripeanalytics.model.raw.Period;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.model.raw.SubscriptionItem;
import org.stripeanalytics.model.raw.SubscriptionItemDetails;
import org.stripeanalytics.synthesis.account.Catalogue;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.StripeId;

/** The lines of subscription invoices. A line's period is the one it pays for: the coming one. */
final class InvoiceLines {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final RandomStream invoice;
  private final String token;
  private final Instant created;
  private final Subscription subscription;

  /**
   * @param subscription as it is with the change that the invoice bills
   */
  InvoiceLines(RandomStream invoice, String token, Instant created, Subscription subscription) {
    this.invoice = invoice;
    this.token = token;
    this.created = created;
    this.subscription = subscription;
  }

  /** The $0 line of a trial. */
  List<InvoiceLine> trial(Catalogue.Plan plan) {
    SubscriptionItem item = subscription.getItems().get(0);
    return List.of(
        line(0, item, 0, period(item), null)
            .setDescription("Trial period for " + plan.terms().product())
            .setPricing(pricing(item, 0))
            .build());
  }

  /** One period of the plan, less the discount if there is one. */
  List<InvoiceLine> period(Catalogue.Plan plan, @Nullable AppliedDiscount discount) {
    SubscriptionItem item = subscription.getItems().get(0);
    long amount = item.getPrice().getUnitAmount();
    InvoiceLine.Builder line =
        line(0, item, amount, period(item), null)
            .setDescription("1 × " + plan.terms().product() + " (at " + price(item) + ")")
            .setPricing(pricing(item, amount));
    if (discount != null) {
      line.setDiscountAmounts(List.of(discount.off(amount)));
    }
    return List.of(line.build());
  }

  /**
   * What an upgrade costs for the rest of the period: the unused part of what was paid comes back,
   * the remaining part of the new price is due.
   *
   * @param before the item before the change
   */
  List<InvoiceLine> proration(SubscriptionItem before, Catalogue.Plan from, Catalogue.Plan to) {
    SubscriptionItem after = subscription.getItems().get(0);
    Instant end = before.getCurrentPeriodEnd();
    long left = end.getEpochSecond() - created.getEpochSecond();
    long whole = end.getEpochSecond() - before.getCurrentPeriodStart().getEpochSecond();
    long credit = -Money.fraction(before.getPrice().getUnitAmount(), left, whole);
    long debit = Money.fraction(after.getPrice().getUnitAmount(), left, whole);
    Period rest = Period.builder().setStart(created).setEnd(end).build();
    String since = " after " + DAY.format(created);
    return List.of(
        prorationLine(0, before, credit, rest)
            .setDescription("Unused time on " + from.terms().product() + since)
            .build(),
        prorationLine(1, after, debit, rest)
            .setDescription("Remaining time on " + to.terms().product() + since)
            .build());
  }

  private InvoiceLine.Builder prorationLine(
      int number, SubscriptionItem item, long amount, Period rest) {
    String invoiceItem =
        StripeId.INVOICE_ITEM.of(invoice.fork("invoice item", number), token, created);
    return line(number, item, amount, rest, invoiceItem)
        .setDiscountable(false)
        .setPricing(pricing(item, amount));
  }

  private InvoiceLine.Builder line(
      int number, SubscriptionItem item, long amount, Period period, @Nullable String invoiceItem) {
    return InvoiceLine.builder()
        .setId(StripeId.INVOICE_LINE.of(invoice.fork("line", number), token, created))
        .setAmount(amount)
        .setSubtotal(amount)
        .setCurrency(item.getPrice().getCurrency())
        .setQuantity(1L)
        .setDiscountable(true)
        .setPeriod(period)
        .setParent(
            LineParent.builder()
                .setType("subscription_item_details")
                .setSubscriptionItemDetails(
                    SubscriptionItemDetails.builder()
                        .setSubscription(subscription.getId())
                        .setSubscriptionItem(item.getId())
                        .setInvoiceItem(invoiceItem)
                        .setProration(invoiceItem != null)
                        .build())
                .build());
  }

  private static LinePricing pricing(SubscriptionItem item, long unitAmount) {
    return LinePricing.builder()
        .setPrice(item.getPrice().getId())
        .setProduct(item.getPrice().getProduct())
        .setUnitAmountDecimal(Long.toString(unitAmount))
        .build();
  }

  private static Period period(SubscriptionItem item) {
    return Period.builder()
        .setStart(item.getCurrentPeriodStart())
        .setEnd(item.getCurrentPeriodEnd())
        .build();
  }

  private static String price(SubscriptionItem item) {
    return Money.toDecimal(item.getPrice().getUnitAmount(), item.getPrice().getCurrency())
        + " "
        + item.getPrice().getCurrency().toUpperCase(Locale.ROOT)
        + " / "
        + item.getPrice().getRecurring().getInterval();
  }
}
