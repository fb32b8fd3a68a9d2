package org.stripeanalytics.facts;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.time.ZoneId;
import java.util.Optional;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.BilledInvoice;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.facts.InvoiceFact;
import org.stripeanalytics.model.raw.DiscountAmount;

/**
 * {@code facts.fct_invoices}: one row per invoice that the interval changed, as its newest version
 * says.
 */
public final class ComputeInvoices {

  public static RowsOfTimelines<InvoiceFact> in(ZoneId zone) {
    return RowsOfTimelines.of(Tables.FCT_INVOICES, timeline -> rows(timeline, zone));
  }

  public static ImmutableList<InvoiceFact> rows(CustomerTimeline timeline, ZoneId zone) {
    return timeline.getInvoices().stream()
        .map(invoice -> row(timeline, invoice, zone))
        .collect(toImmutableList());
  }

  private static InvoiceFact row(CustomerTimeline timeline, BilledInvoice invoice, ZoneId zone) {
    InvoiceSnapshot version = invoice.getVersion();
    String subscription =
        version.getParent() == null ? null : version.getParent().getSubscription();
    CustomerSegments segments = timeline.getSegments();
    return InvoiceFact.builder()
        .setInvoiceId(version.getId())
        .setCustomerKey(timeline.customerKeyAt(version.getCreated()))
        .setCustomerId(timeline.customerIdOrNull())
        .setSubscriptionKey(timeline.subscriptionKey(subscription))
        .setSubscriptionId(subscription)
        .setDay(Days.of(version.getCreated(), zone))
        .setCreatedAt(version.getCreated())
        .setFinalizedAt(version.getStatusTransitions().getFinalizedAt())
        .setPaidAt(version.getStatusTransitions().getPaidAt())
        .setStatus(Optional.ofNullable(version.getStatus()).orElse(Catalog.UNKNOWN))
        .setBillingReason(version.getBillingReason())
        .setCollectionMethod(version.getCollectionMethod())
        .setCurrency(version.getCurrency())
        .setSubtotalMinor(version.getSubtotal())
        .setTotalMinor(version.getTotal())
        .setDiscountMinor(
            version.getTotalDiscountAmounts().stream().mapToLong(DiscountAmount::getAmount).sum())
        .setAmountDueMinor(version.getAmountDue())
        .setAmountPaidMinor(version.getAmountPaid())
        .setAmountRemainingMinor(version.getAmountRemaining())
        .setTotalReportingMinor(invoice.getTotalReportingMinor())
        .setAmountDueReportingMinor(invoice.getAmountDueReportingMinor())
        .setAmountPaidReportingMinor(invoice.getAmountPaidReportingMinor())
        .setAttemptCount(version.getAttemptCount())
        .setCountry(segments.getCountry())
        .setRegion(segments.getRegion())
        .setChannel(segments.getChannel())
        .setInitialPlan(segments.getInitialPlan())
        .setAsOf(version.getSnapshotDate())
        .build();
  }

  private ComputeInvoices() {}
}
