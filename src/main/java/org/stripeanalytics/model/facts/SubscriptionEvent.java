package org.stripeanalytics.model.facts;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code facts.fct_subscription_events}: one row per customer, subscription, day and name
 * of what happened, in words an analyst uses.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SubscriptionEvent {
  public abstract long getCustomerKey();

  public abstract String getCustomerId();

  public abstract long getSubscriptionKey();

  public abstract String getSubscriptionId();

  public abstract LocalDate getDay();

  public abstract long getSequence();

  public abstract String getEventName();

  public abstract Instant getOccurredAt();

  public abstract long getArrMinorBefore();

  public abstract long getArrMinorAfter();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SubscriptionEvent.Builder();
  }

  /** Builds a {@link SubscriptionEvent}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerKey(long value);

    public abstract Builder setCustomerId(String value);

    public abstract Builder setSubscriptionKey(long value);

    public abstract Builder setSubscriptionId(String value);

    public abstract Builder setDay(LocalDate value);

    public abstract Builder setSequence(long value);

    public abstract Builder setEventName(String value);

    public abstract Builder setOccurredAt(Instant value);

    public abstract Builder setArrMinorBefore(long value);

    public abstract Builder setArrMinorAfter(long value);

    public abstract SubscriptionEvent build();
  }
}
