package org.stripeanalytics.facts;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.time.ZoneId;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.changes.ChargeSnapshot;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.PaymentAttempt;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.facts.PaymentFact;

/**
 * {@code facts.fct_payments}: one row per charge, as it was first decided; what becomes of its
 * money later is told by refunds and disputes.
 */
public final class ComputePayments {

  public static RowsOfTimelines<PaymentFact> in(ZoneId zone) {
    return RowsOfTimelines.of(Tables.FCT_PAYMENTS, timeline -> rows(timeline, zone));
  }

  public static ImmutableList<PaymentFact> rows(CustomerTimeline timeline, ZoneId zone) {
    return timeline.getAttempts().stream()
        .map(attempt -> row(timeline, attempt, zone))
        .collect(toImmutableList());
  }

  private static PaymentFact row(CustomerTimeline timeline, PaymentAttempt attempt, ZoneId zone) {
    ChargeSnapshot version = attempt.getCharge();
    CustomerSegments segments = timeline.getSegments();
    return PaymentFact.builder()
        .setChargeId(version.getId())
        .setCustomerKey(timeline.customerKeyAt(version.getCreated()))
        .setCustomerId(timeline.customerIdOrNull())
        .setSubscriptionKey(timeline.subscriptionKey(attempt.getSubscriptionId()))
        .setSubscriptionId(attempt.getSubscriptionId())
        .setInvoiceId(attempt.getInvoiceId())
        .setPaymentIntent(version.getPaymentIntent())
        .setDay(Days.of(version.getCreated(), zone))
        .setCreatedAt(version.getCreated())
        .setStatus(version.outcome())
        .setDecidedAt(attempt.getDecidedAt())
        .setFailureCode(version.failureReason())
        .setNetwork(version.network())
        .setAttemptNumber(attempt.getAttemptNumber())
        .setIsFirstAttempt(attempt.getAttemptNumber() == 1)
        .setCurrency(version.getCurrency())
        .setAmountMinor(version.chargedAmount())
        .setAmountReportingMinor(attempt.getAmountReportingMinor())
        .setCountry(segments.getCountry())
        .setRegion(segments.getRegion())
        .setChannel(segments.getChannel())
        .setInitialPlan(segments.getInitialPlan())
        .setAsOf(version.getSnapshotDate())
        .build();
  }

  private ComputePayments() {}
}
