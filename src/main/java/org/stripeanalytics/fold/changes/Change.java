package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.intermediate.CustomerCheckpoint;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * One new end-of-day version of one of a customer's objects, or the state that an earlier run left
 * of the customer: exactly one of them is set. This is what crosses the shuffle to the fold, and no
 * more than the fold reads.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class Change {
  /** No id of Stripe's begins like this. */
  private static final String GUEST = "guest:";

  /**
   * The customer whose fold it enters. What names no customer is a guest's: each purchase, with its
   * refunds and disputes, is folded by itself, or all guests would be one customer.
   */
  public abstract String getCustomerId();

  public abstract @Nullable CustomerSnapshot getCustomer();

  public abstract @Nullable PaymentMethodSnapshot getPaymentMethod();

  public abstract @Nullable SubscriptionSnapshot getSubscription();

  public abstract @Nullable InvoiceSnapshot getInvoice();

  public abstract @Nullable InvoicePaymentSnapshot getInvoicePayment();

  public abstract @Nullable PaymentFailure getPaymentFailure();

  public abstract @Nullable ChargeSnapshot getCharge();

  public abstract @Nullable RefundSnapshot getRefund();

  public abstract @Nullable DisputeSnapshot getDispute();

  public abstract @Nullable CustomerCheckpoint getCheckpoint();

  /**
   * What earlier runs stored: of an invoice or charge itself, of the charge that a refund or
   * dispute is about. Null where they never saw it.
   */
  public abstract @Nullable ObjectOwner getOrigin();

  public static Change of(CustomerSnapshot customer) {
    return builder().setCustomerId(customer.getId()).setCustomer(customer).build();
  }

  public static Change of(PaymentMethodSnapshot method) {
    return builder()
        .setCustomerId(owner(method.getCustomer(), method.getId()))
        .setPaymentMethod(method)
        .build();
  }

  public static Change of(SubscriptionSnapshot subscription) {
    return builder()
        .setCustomerId(subscription.getCustomer())
        .setSubscription(subscription)
        .build();
  }

  public static Change of(InvoiceSnapshot invoice) {
    return builder()
        .setCustomerId(owner(invoice.getCustomer(), invoice.getId()))
        .setInvoice(invoice)
        .build();
  }

  /** A guest's until its invoice is found. */
  public static Change of(InvoicePaymentSnapshot payment) {
    return builder()
        .setCustomerId(owner(null, payment.getInvoice()))
        .setInvoicePayment(payment)
        .build();
  }

  public static Change of(PaymentFailure failure) {
    return builder()
        .setCustomerId(owner(failure.getCustomer(), failure.getObjectId()))
        .setPaymentFailure(failure)
        .build();
  }

  public static Change of(ChargeSnapshot charge) {
    String purchase = firstKnown(charge.getPaymentIntent(), charge.getId());
    return builder().setCustomerId(owner(charge.getCustomer(), purchase)).setCharge(charge).build();
  }

  /** Of the customer it names, until its charge is found. */
  public static Change of(RefundSnapshot refund) {
    String purchase = firstKnown(refund.getPaymentIntent(), refund.getCharge(), refund.getId());
    return builder().setCustomerId(owner(refund.getCustomer(), purchase)).setRefund(refund).build();
  }

  /** A guest's until its charge is found. */
  public static Change of(DisputeSnapshot dispute) {
    String purchase = firstKnown(dispute.getPaymentIntent(), dispute.getCharge());
    return builder().setCustomerId(owner(null, purchase)).setDispute(dispute).build();
  }

  public static Change of(CustomerCheckpoint checkpoint) {
    return builder().setCustomerId(checkpoint.getCustomerId()).setCheckpoint(checkpoint).build();
  }

  /** The customer whose fold it enters. */
  public String customerId() {
    return getCustomerId();
  }

  /** Whether it has, or names, a customer. */
  public boolean isOfSomebody() {
    return !isGuest(getCustomerId());
  }

  /** All but a payment method that is nobody's: it says nothing, and no purchase owns it. */
  public boolean isFolded() {
    return getPaymentMethod() == null || isOfSomebody();
  }

  /** The same change of an object that turned out to be this customer's; null changes nothing. */
  public Change ownedBy(@Nullable String customer) {
    return customer == null ? this : toBuilder().setCustomerId(customer).build();
  }

  /** The same change of what was done with a charge, and whose charge that was. */
  public Change withOrigin(ObjectOwner origin) {
    return toBuilder().setOrigin(origin).build();
  }

  /** The version that it brings; null for a checkpoint. */
  public @Nullable Version version() {
    return Stream.of(
            getCustomer(),
            getPaymentMethod(),
            getSubscription(),
            getInvoice(),
            getInvoicePayment(),
            getPaymentFailure(),
            getCharge(),
            getRefund(),
            getDispute())
        .filter(version -> version != null)
        .map(Version.class::cast)
        .findFirst()
        .orElse(null);
  }

  /** When the version that it brings came to be; a checkpoint brings none. */
  public Instant changedAt() {
    return version().getChangedAt();
  }

  /** Whether a customer's id was made up here, because a purchase names none. */
  public static boolean isGuest(String customerId) {
    return customerId.startsWith(GUEST);
  }

  private static String owner(@Nullable String customer, String purchase) {
    return customer == null ? GUEST + purchase : customer;
  }

  private static String firstKnown(@Nullable String... ids) {
    return Stream.of(ids).filter(id -> id != null).findFirst().orElseThrow();
  }

  public abstract Builder toBuilder();

  static Builder builder() {
    return new AutoValue_Change.Builder();
  }

  /** Beam rebuilds changes through it. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerId(String customer);

    public abstract Builder setCustomer(@Nullable CustomerSnapshot customer);

    public abstract Builder setPaymentMethod(@Nullable PaymentMethodSnapshot method);

    public abstract Builder setSubscription(@Nullable SubscriptionSnapshot subscription);

    public abstract Builder setInvoice(@Nullable InvoiceSnapshot invoice);

    public abstract Builder setInvoicePayment(@Nullable InvoicePaymentSnapshot payment);

    public abstract Builder setPaymentFailure(@Nullable PaymentFailure failure);

    public abstract Builder setCharge(@Nullable ChargeSnapshot charge);

    public abstract Builder setRefund(@Nullable RefundSnapshot refund);

    public abstract Builder setDispute(@Nullable DisputeSnapshot dispute);

    public abstract Builder setCheckpoint(@Nullable CustomerCheckpoint checkpoint);

    public abstract Builder setOrigin(@Nullable ObjectOwner origin);

    public abstract Change build();
  }
}
