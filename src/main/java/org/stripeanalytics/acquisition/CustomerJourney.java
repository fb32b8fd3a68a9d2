package org.stripeanalytics.acquisition;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The visits before a conversion, or those of somebody who has not paid. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class CustomerJourney {
  static final String FIRST_PAYMENT = "first_payment";
  static final String EXPANSION = "expansion";

  /** Null for somebody who has not paid. */
  public abstract @Nullable String getCustomerId();

  /** What was converted to; null if nothing was. */
  public abstract @Nullable String getConversion();

  /** The day of the reporting zone. */
  public abstract @Nullable LocalDate getConvertedOn();

  public abstract @Nullable Instant getConvertedAt();

  /** What the conversion was worth, in minor units of the reporting currency. */
  public abstract long getAmount();

  /** The MRR that the customer of a first payment began with, likewise; 0 if it never had any. */
  public abstract long getNewMrr();

  /** What was paid in twelve months from a first payment on, likewise. */
  public abstract long getRevenue();

  /** The visits within the look-back, by time. */
  public abstract List<Visit> getVisits();

  /** Those that take credit; where there is no visit, one stands for the customer's channel. */
  public abstract List<Visit> getCredited();

  String conversionId() {
    return getCustomerId() + "/" + getConversion() + "/" + getConvertedOn();
  }

  /** Whether it ended in the conversion that decides who is a customer. */
  boolean isWon() {
    return FIRST_PAYMENT.equals(getConversion());
  }

  abstract Builder toBuilder();

  static Builder builder() {
    return new AutoValue_CustomerJourney.Builder().setAmount(0).setNewMrr(0).setRevenue(0);
  }

  /** Beam rebuilds journeys through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setCustomerId(@Nullable String value);

    abstract Builder setConversion(@Nullable String value);

    abstract Builder setConvertedOn(@Nullable LocalDate value);

    abstract Builder setConvertedAt(@Nullable Instant value);

    abstract Builder setAmount(long value);

    abstract Builder setNewMrr(long value);

    abstract Builder setRevenue(long value);

    abstract Builder setVisits(List<Visit> value);

    abstract Builder setCredited(List<Visit> value);

    abstract CustomerJourney build();
  }
}
