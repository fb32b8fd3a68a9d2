package org.stripeanalytics.facts;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.time.ZoneId;
import java.util.Optional;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.changes.RefundSnapshot;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.ChargeOrigin;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.RefundedCharge;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.facts.RefundFact;

/**
 * {@code facts.fct_refunds}: one row per refund that the interval changed, as its newest version
 * says.
 */
public final class ComputeRefunds {

  public static RowsOfTimelines<RefundFact> in(ZoneId zone) {
    return RowsOfTimelines.of(Tables.FCT_REFUNDS, timeline -> rows(timeline, zone));
  }

  public static ImmutableList<RefundFact> rows(CustomerTimeline timeline, ZoneId zone) {
    return timeline.getRefunds().stream()
        .map(refunded -> row(timeline, refunded, zone))
        .collect(toImmutableList());
  }

  private static RefundFact row(CustomerTimeline timeline, RefundedCharge refunded, ZoneId zone) {
    RefundSnapshot version = refunded.getRefund();
    ChargeOrigin charge = refunded.getOrigin();
    CustomerSegments segments = timeline.getSegments();
    return RefundFact.builder()
        .setRefundId(version.getId())
        .setCustomerKey(timeline.customerKeyAt(version.getCreated()))
        .setCustomerId(timeline.customerIdOrNull())
        .setSubscriptionKey(timeline.subscriptionKey(charge.getSubscriptionId()))
        .setSubscriptionId(charge.getSubscriptionId())
        .setChargeId(charge.getChargeId())
        .setChargeDay(charge.getChargedAt() == null ? null : Days.of(charge.getChargedAt(), zone))
        .setNetwork(Optional.ofNullable(charge.getNetwork()).orElse(Catalog.UNKNOWN))
        .setInvoiceId(charge.getInvoiceId())
        .setDay(Days.of(version.getCreated(), zone))
        .setCreatedAt(version.getCreated())
        .setStatus(Optional.ofNullable(version.getStatus()).orElse(Catalog.UNKNOWN))
        .setReason(version.getReason())
        .setIsRelease(refunded.getIsRelease())
        .setFailureReason(version.getFailureReason())
        .setCurrency(version.getCurrency())
        .setAmountMinor(version.getAmount())
        .setAmountReportingMinor(refunded.getAmountReportingMinor())
        .setCountry(segments.getCountry())
        .setRegion(segments.getRegion())
        .setChannel(segments.getChannel())
        .setInitialPlan(segments.getInitialPlan())
        .setAsOf(version.getSnapshotDate())
        .build();
  }

  private ComputeRefunds() {}
}
