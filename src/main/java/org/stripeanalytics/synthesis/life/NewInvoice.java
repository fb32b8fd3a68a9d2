package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.DiscountAmount;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.InvoiceLine;
import org.stripeanalytics.model.raw.InvoiceParent;
import org.stripeanalytics.model.raw.StatusTransitions;

/**
 * What a subscription bills.
 *
 * @param reason the invoice's {@code billing_reason}
 * @param discounts of the whole invoice
 * @param periodStart of the period that has elapsed
 * @param periodEnd of the period that has elapsed
 */
record NewInvoice(
    String reason,
    List<InvoiceLine> lines,
    List<String> discounts,
    Instant periodStart,
    Instant periodEnd) {

  /**
   * The invoice as it is created.
   *
   * @param finalizes when the draft ends, where that is planned
   */
  Invoice.Builder draft(
      String id,
      Instant at,
      Customer customer,
      String subscription,
      String currency,
      @Nullable Instant finalizes) {
    long subtotal = lines.stream().mapToLong(InvoiceLine::getAmount).sum();
    List<DiscountAmount> off =
        lines.stream().flatMap(line -> line.getDiscountAmounts().stream()).toList();
    long total = subtotal - off.stream().mapToLong(DiscountAmount::getAmount).sum();
    return Invoice.builder()
        .setId(id)
        .setCustomer(customer.getId())
        .setCreated(at)
        .setStatus("draft")
        .setBillingReason(reason)
        .setCollectionMethod("charge_automatically")
        .setCurrency(currency)
        .setSubtotal(subtotal)
        .setTotal(total)
        .setAmountDue(Math.max(0, total))
        .setAmountPaid(0)
        .setAmountRemaining(Math.max(0, total))
        .setAmountOverpaid(0)
        .setStartingBalance(0)
        .setAttemptCount(0)
        .setAttempted(false)
        .setAutoAdvance(true)
        .setAutomaticallyFinalizesAt(finalizes)
        .setPeriodStart(periodStart)
        .setPeriodEnd(periodEnd)
        .setCustomerEmail(customer.getEmail())
        .setCustomerName(customer.getName())
        .setParent(
            InvoiceParent.builder()
                .setType("subscription_details")
                .setSubscription(subscription)
                .build())
        .setStatusTransitions(StatusTransitions.builder().build())
        .setLines(lines)
        .setDiscounts(discounts)
        .setTotalDiscountAmounts(off)
        .setLivemode(true);
  }
}
