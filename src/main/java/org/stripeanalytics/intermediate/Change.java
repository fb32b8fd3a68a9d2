package org.stripeanalytics.intermediate;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowSchema;

/**
 * One new end-of-day version of one of a customer's objects: exactly one of the three is set. This
 * is what crosses the shuffle to the fold, and no more than the fold reads.
 */
@AutoValue
@DefaultSchema(RowSchema.class)
public abstract class Change {
  /** Time order; within an instant the order of the days, then of the ids, so that it is total. */
  static final Comparator<Change> IN_TIME_ORDER =
      Comparator.comparing(Change::changedAt)
          .thenComparing(Change::snapshotDate)
          .thenComparing(Change::objectId);

  public abstract @Nullable CustomerSnapshot getCustomer();

  public abstract @Nullable SubscriptionSnapshot getSubscription();

  public abstract @Nullable InvoiceSnapshot getInvoice();

  public static Change of(CustomerSnapshot customer) {
    return builder().setCustomer(customer).build();
  }

  public static Change of(SubscriptionSnapshot subscription) {
    return builder().setSubscription(subscription).build();
  }

  /** An invoice without a customer belongs to nobody's fold: do not make a change of it. */
  public static Change of(InvoiceSnapshot invoice) {
    return builder().setInvoice(invoice).build();
  }

  /** The customer whose fold it enters. */
  public String customerId() {
    if (getCustomer() != null) {
      return getCustomer().getId();
    }
    return getSubscription() != null ? getSubscription().getCustomer() : getInvoice().getCustomer();
  }

  Instant changedAt() {
    if (getCustomer() != null) {
      return getCustomer().getChangedAt();
    }
    return getSubscription() != null
        ? getSubscription().getChangedAt()
        : getInvoice().getChangedAt();
  }

  private LocalDate snapshotDate() {
    if (getCustomer() != null) {
      return getCustomer().getSnapshotDate();
    }
    return getSubscription() != null
        ? getSubscription().getSnapshotDate()
        : getInvoice().getSnapshotDate();
  }

  private String objectId() {
    if (getCustomer() != null) {
      return getCustomer().getId();
    }
    return getSubscription() != null ? getSubscription().getId() : getInvoice().getId();
  }

  static Builder builder() {
    return new AutoValue_Change.Builder();
  }

  /** Beam rebuilds changes through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setCustomer(@Nullable CustomerSnapshot customer);

    abstract Builder setSubscription(@Nullable SubscriptionSnapshot subscription);

    abstract Builder setInvoice(@Nullable InvoiceSnapshot invoice);

    abstract Change build();
  }
}
