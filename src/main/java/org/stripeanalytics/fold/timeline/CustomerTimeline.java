package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.intermediate.CustomerCheckpoint;
import org.stripeanalytics.model.intermediate.CustomerMilestones;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * What the fold makes of one customer over one interval. Every per-customer table is a function of
 * it; it is passed along, never stored.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class CustomerTimeline {
  /** Made up for a guest, whose purchase names no customer. */
  public abstract String getCustomerId();

  /** First day of the interval. */
  public abstract LocalDate getFrom();

  /** First day after the interval. */
  public abstract LocalDate getTo();

  public abstract CustomerSegments getSegments();

  /** The day from whose end on these are the segments; null while nothing is known. */
  public abstract @Nullable LocalDate getSegmentsSince();

  /**
   * The customer from one change of a tracked attribute to the next, in time order: the spell that
   * lasts when the interval starts, and those of the interval. Empty for a customer whose object
   * never arrived.
   */
  public abstract List<CustomerSpell> getCustomerSpells();

  /** When each spell of the customer's whole life began, in time order. */
  public abstract List<VersionStart> getVersionStarts();

  /** When the customer signed up, if that was first seen in the interval. */
  public abstract @Nullable Instant getSignedUpAt();

  /** The spells that last when the interval starts or start in it, by subscription and time. */
  public abstract List<SubscriptionSpell> getSpells();

  /** The newest versions of the subscriptions that changed in the interval. */
  public abstract List<DescribedSubscription> getSubscriptions();

  /** The subscriptions known at the interval's end. */
  public abstract List<String> getKnownSubscriptions();

  /** The subscriptions that counted towards MRR at some time before the interval. */
  public abstract List<String> getCountedBefore();

  public abstract OpeningMrr getOpening();

  /** The newest versions of the invoices that changed in the interval. */
  public abstract List<BilledInvoice> getInvoices();

  /** The settlements that changed in the interval. */
  public abstract List<InvoiceSettlement> getSettlements();

  /** The charges that were made or decided in the interval. */
  public abstract List<PaymentAttempt> getAttempts();

  /** The refunds that changed in the interval. */
  public abstract List<RefundedCharge> getRefunds();

  /** The disputes that changed in the interval. */
  public abstract List<DisputedCharge> getDisputes();

  /** What the customer has reached; null where that is as before. */
  public abstract @Nullable CustomerMilestones getMilestones();

  /** The states at the ends of the interval's finished months in which it changed. */
  public abstract List<CustomerCheckpoint> getCheckpoints();

  /** What the interval brought that takes effect before it. */
  public abstract List<LateChange> getLateChanges();

  public DataInterval interval() {
    return DataInterval.of(getFrom(), getTo());
  }

  /** The customer as facts name it: null where there is none. */
  public @Nullable String customerIdOrNull() {
    return Change.isGuest(getCustomerId()) ? null : getCustomerId();
  }

  /** The key in dim_customer of the version that held at an instant, the first for earlier ones. */
  public long customerKeyAt(Instant instant) {
    if (getVersionStarts().isEmpty()) {
      return SurrogateKey.UNKNOWN;
    }
    Instant start = getVersionStarts().get(0).getValidFrom();
    for (VersionStart next : getVersionStarts()) {
      if (!next.getValidFrom().isAfter(instant)) {
        start = next.getValidFrom();
      }
    }
    return SurrogateKey.of(getCustomerId(), start);
  }

  /** The key in dim_subscription; that of the unknown member where it is none of the customer's. */
  public long subscriptionKey(@Nullable String subscription) {
    return SurrogateKey.orUnknown(subscription, getKnownSubscriptions().contains(subscription));
  }

  /** What remains for all that is not about the stored states. */
  public CustomerTimeline withoutCheckpoints() {
    return toBuilder().setCheckpoints(List.of()).build();
  }

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CustomerTimeline.Builder();
  }

  /** Beam rebuilds timelines through it. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerId(String id);

    public abstract Builder setFrom(LocalDate from);

    public abstract Builder setTo(LocalDate to);

    public abstract Builder setSegmentsSince(@Nullable LocalDate value);

    public abstract Builder setSegments(CustomerSegments segments);

    public abstract Builder setCustomerSpells(List<CustomerSpell> spells);

    public abstract Builder setVersionStarts(List<VersionStart> starts);

    public abstract Builder setSignedUpAt(@Nullable Instant instant);

    public abstract Builder setSpells(List<SubscriptionSpell> spells);

    public abstract Builder setSubscriptions(List<DescribedSubscription> subscriptions);

    public abstract Builder setKnownSubscriptions(List<String> subscriptions);

    public abstract Builder setCountedBefore(List<String> subscriptions);

    public abstract Builder setOpening(OpeningMrr opening);

    public abstract Builder setInvoices(List<BilledInvoice> invoices);

    public abstract Builder setSettlements(List<InvoiceSettlement> settlements);

    public abstract Builder setAttempts(List<PaymentAttempt> attempts);

    public abstract Builder setRefunds(List<RefundedCharge> refunds);

    public abstract Builder setDisputes(List<DisputedCharge> disputes);

    public abstract Builder setMilestones(@Nullable CustomerMilestones milestones);

    public abstract Builder setCheckpoints(List<CustomerCheckpoint> checkpoints);

    public abstract Builder setLateChanges(List<LateChange> changes);

    public abstract CustomerTimeline build();
  }
}
