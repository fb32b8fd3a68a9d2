package org.stripeanalytics.facts;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.time.ZoneId;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.changes.DisputeSnapshot;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.ChargeOrigin;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.DisputedCharge;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.facts.DisputeFact;

/**
 * {@code facts.fct_disputes}: one row per dispute or inquiry that the interval changed, as its
 * newest version says.
 */
public final class ComputeDisputes {

  public static RowsOfTimelines<DisputeFact> in(ZoneId zone) {
    return RowsOfTimelines.of(Tables.FCT_DISPUTES, timeline -> rows(timeline, zone));
  }

  public static ImmutableList<DisputeFact> rows(CustomerTimeline timeline, ZoneId zone) {
    return timeline.getDisputes().stream()
        .map(disputed -> row(timeline, disputed, zone))
        .collect(toImmutableList());
  }

  private static DisputeFact row(CustomerTimeline timeline, DisputedCharge disputed, ZoneId zone) {
    DisputeSnapshot version = disputed.getDispute();
    ChargeOrigin charge = disputed.getOrigin();
    CustomerSegments segments = timeline.getSegments();
    return DisputeFact.builder()
        .setDisputeId(version.getId())
        .setCustomerKey(timeline.customerKeyAt(version.getCreated()))
        .setCustomerId(timeline.customerIdOrNull())
        .setSubscriptionKey(timeline.subscriptionKey(charge.getSubscriptionId()))
        .setSubscriptionId(charge.getSubscriptionId())
        .setChargeId(charge.getChargeId())
        .setChargeDay(charge.getChargedAt() == null ? null : Days.of(charge.getChargedAt(), zone))
        .setNetwork(disputed.network())
        .setInvoiceId(charge.getInvoiceId())
        .setDay(Days.of(version.getCreated(), zone))
        .setCreatedAt(version.getCreated())
        .setStatus(version.getStatus())
        .setReason(version.getReason())
        .setIsInquiry(version.getStatus().startsWith("warning_"))
        .setEvidenceDueAt(version.getEvidenceDetails().getDueBy())
        .setCurrency(version.getCurrency())
        .setAmountMinor(version.getAmount())
        .setAmountReportingMinor(disputed.getAmountReportingMinor())
        .setCountry(segments.getCountry())
        .setRegion(segments.getRegion())
        .setChannel(segments.getChannel())
        .setInitialPlan(segments.getInitialPlan())
        .setAsOf(version.getSnapshotDate())
        .build();
  }

  private ComputeDisputes() {}
}
