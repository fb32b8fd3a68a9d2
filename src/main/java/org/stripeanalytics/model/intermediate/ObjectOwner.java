package org.stripeanalytics.model.intermediate;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code intermediate.object_owners}: one row per invoice, charge, refund and dispute:
 * whose it is and what it belongs to, for the objects and ledger entries that name it and no
 * customer.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ObjectOwner {
  public abstract String getObjectId();

  public abstract long getCustomerKey();

  public abstract @Nullable String getCustomerId();

  public abstract @Nullable String getChargeId();

  public abstract @Nullable Instant getChargedAt();

  public abstract @Nullable String getNetwork();

  public abstract @Nullable String getInvoiceId();

  public abstract @Nullable String getSubscriptionId();

  public abstract LocalDate getCreatedOn();

  public abstract String getCountry();

  public abstract String getRegion();

  public abstract String getChannel();

  public abstract String getInitialPlan();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ObjectOwner.Builder();
  }

  /** Builds a {@link ObjectOwner}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setObjectId(String value);

    public abstract Builder setCustomerKey(long value);

    public abstract Builder setCustomerId(@Nullable String value);

    public abstract Builder setChargeId(@Nullable String value);

    public abstract Builder setChargedAt(@Nullable Instant value);

    public abstract Builder setNetwork(@Nullable String value);

    public abstract Builder setInvoiceId(@Nullable String value);

    public abstract Builder setSubscriptionId(@Nullable String value);

    public abstract Builder setCreatedOn(LocalDate value);

    public abstract Builder setCountry(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setInitialPlan(String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract ObjectOwner build();
  }
}
