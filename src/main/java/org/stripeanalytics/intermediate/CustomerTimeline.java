package org.stripeanalytics.intermediate;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;
import org.stripeanalytics.model.schema.RowSchema;

/**
 * What the fold makes of one customer over one interval. Every per-customer table is a function of
 * it; it is passed along, never stored.
 */
@AutoValue
@DefaultSchema(RowSchema.class)
public abstract class CustomerTimeline {
  public abstract String getCustomerId();

  /** First day of the interval. */
  public abstract LocalDate getFrom();

  /** First day after the interval. */
  public abstract LocalDate getTo();

  public abstract CustomerSegments getSegments();

  /**
   * The customer's versions in time order: the one that holds when the interval starts, and those
   * of the interval. Empty for a customer whose object never arrived.
   */
  public abstract List<CustomerSnapshot> getCustomerVersions();

  /** The spells that last when the interval starts or start in it, by subscription and time. */
  public abstract List<SubscriptionSpell> getSpells();

  public abstract OpeningMrr getOpening();

  public DataInterval interval() {
    return DataInterval.of(getFrom(), getTo());
  }

  static Builder builder() {
    return new AutoValue_CustomerTimeline.Builder();
  }

  /** Beam rebuilds timelines through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setCustomerId(String id);

    abstract Builder setFrom(LocalDate from);

    abstract Builder setTo(LocalDate to);

    abstract Builder setSegments(CustomerSegments segments);

    abstract Builder setCustomerVersions(List<CustomerSnapshot> versions);

    abstract Builder setSpells(List<SubscriptionSpell> spells);

    abstract Builder setOpening(OpeningMrr opening);

    abstract CustomerTimeline build();
  }
}
