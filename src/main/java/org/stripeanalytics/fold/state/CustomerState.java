package org.stripeanalytics.fold.state;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.CustomerSnapshot;
import org.stripeanalytics.fold.changes.PaymentMethodSnapshot;
import org.stripeanalytics.fold.timeline.CustomerSpell;
import org.stripeanalytics.fold.timeline.OpeningMrr;
import org.stripeanalytics.fold.timeline.VersionStart;
import org.stripeanalytics.model.schema.RowCoder;

/** All that the fold must remember of a customer at the end of a month to go on with the next. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CustomerState {
  public abstract @Nullable CustomerSnapshot getCustomer();

  public abstract List<VersionStart> getVersionStarts();

  public abstract List<PaymentMethodSnapshot> getPaymentMethods();

  public abstract List<CustomerSpell> getEarlierSpells();

  public abstract @Nullable String getCountry();

  public abstract @Nullable String getChannel();

  public abstract @Nullable FirstSubscription getFirst();

  /** The day from whose end on the customer is counted where it is; null while nothing is known. */
  public abstract @Nullable LocalDate getSegmentsSince();

  public abstract List<SubscriptionState> getSubscriptions();

  public abstract List<InvoiceState> getInvoices();

  /** Ids of charges that are pending, or hold money that may still be captured. */
  public abstract List<String> getUndecidedCharges();

  public abstract List<MoneyBack> getRefundsAndDisputes();

  public abstract List<Trial> getTrials();

  public abstract @Nullable FirstPayment getFirstPayment();

  public abstract OpeningMrr getOpening();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CustomerState.Builder()
        .setVersionStarts(List.of())
        .setPaymentMethods(List.of())
        .setEarlierSpells(List.of())
        .setSubscriptions(List.of())
        .setInvoices(List.of())
        .setUndecidedCharges(List.of())
        .setRefundsAndDisputes(List.of())
        .setTrials(List.of());
  }

  /** Builds a {@link CustomerState}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomer(@Nullable CustomerSnapshot value);

    public abstract Builder setVersionStarts(List<VersionStart> value);

    public abstract Builder setPaymentMethods(List<PaymentMethodSnapshot> value);

    public abstract Builder setEarlierSpells(List<CustomerSpell> value);

    public abstract Builder setCountry(@Nullable String value);

    public abstract Builder setChannel(@Nullable String value);

    public abstract Builder setFirst(@Nullable FirstSubscription value);

    public abstract Builder setSegmentsSince(@Nullable LocalDate value);

    public abstract Builder setSubscriptions(List<SubscriptionState> value);

    public abstract Builder setInvoices(List<InvoiceState> value);

    public abstract Builder setUndecidedCharges(List<String> value);

    public abstract Builder setRefundsAndDisputes(List<MoneyBack> value);

    public abstract Builder setTrials(List<Trial> value);

    public abstract Builder setFirstPayment(@Nullable FirstPayment value);

    public abstract Builder setOpening(OpeningMrr value);

    public abstract CustomerState build();
  }
}
