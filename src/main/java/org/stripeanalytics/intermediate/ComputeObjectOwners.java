package org.stripeanalytics.intermediate;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.billing.Settlements;
import org.stripeanalytics.fold.changes.ChargeSnapshot;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.changes.Version;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.BilledInvoice;
import org.stripeanalytics.fold.timeline.ChargeOrigin;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.DisputedCharge;
import org.stripeanalytics.fold.timeline.PaymentAttempt;
import org.stripeanalytics.fold.timeline.RefundedCharge;
import org.stripeanalytics.model.intermediate.ObjectOwner;

/** {@code intermediate.object_owners}: whose the interval's objects are. */
public final class ComputeObjectOwners {

  public static RowsOfTimelines<ObjectOwner> in(ZoneId zone) {
    return RowsOfTimelines.of(Tables.OBJECT_OWNERS, timeline -> rows(timeline, zone));
  }

  public static ImmutableList<ObjectOwner> rows(CustomerTimeline timeline, ZoneId zone) {
    ImmutableList.Builder<ObjectOwner> owners = ImmutableList.builder();
    for (BilledInvoice invoice : timeline.getInvoices()) {
      InvoiceSnapshot version = invoice.getVersion();
      owners.add(
          owner(timeline, version.getId(), version.getCreated(), zone)
              .setInvoiceId(version.getId())
              .setSubscriptionId(Settlements.subscription(version))
              .build());
    }
    for (PaymentAttempt attempt : timeline.getAttempts()) {
      ChargeSnapshot charge = attempt.getCharge();
      owners.add(
          owner(timeline, charge.getId(), charge.getCreated(), zone)
              .setChargeId(charge.getId())
              .setChargedAt(charge.getCreated())
              .setNetwork(charge.network())
              .setInvoiceId(attempt.getInvoiceId())
              .setSubscriptionId(attempt.getSubscriptionId())
              .build());
    }
    for (RefundedCharge refund : timeline.getRefunds()) {
      owners.add(about(timeline, refund.getRefund(), refund.getOrigin(), zone));
    }
    for (DisputedCharge dispute : timeline.getDisputes()) {
      owners.add(about(timeline, dispute.getDispute(), dispute.getOrigin(), zone));
    }
    return owners.build();
  }

  private static ObjectOwner about(
      CustomerTimeline timeline, Version object, ChargeOrigin charge, ZoneId zone) {
    return owner(timeline, object.getId(), object.getCreated(), zone)
        .setChargeId(charge.getChargeId())
        .setChargedAt(charge.getChargedAt())
        .setNetwork(charge.getNetwork())
        .setInvoiceId(charge.getInvoiceId())
        .setSubscriptionId(charge.getSubscriptionId())
        .build();
  }

  private static ObjectOwner.Builder owner(
      CustomerTimeline timeline, String object, Instant created, ZoneId zone) {
    LocalDate createdOn = Days.of(created, zone);
    CustomerSegments segments = timeline.getSegments();
    return ObjectOwner.builder()
        .setObjectId(object)
        .setCustomerKey(timeline.customerKeyAt(created))
        .setCustomerId(timeline.customerIdOrNull())
        .setCreatedOn(createdOn)
        .setCountry(segments.getCountry())
        .setRegion(segments.getRegion())
        .setChannel(segments.getChannel())
        .setInitialPlan(segments.getInitialPlan())
        .setAsOf(createdOn);
  }

  private ComputeObjectOwners() {}
}
