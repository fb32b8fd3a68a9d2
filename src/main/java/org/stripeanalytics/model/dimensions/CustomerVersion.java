package org.stripeanalytics.model.dimensions;

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
 * A row of {@code dimensions.dim_customer}: type 2: one row per customer and interval in which its
 * tracked attributes stayed the same, and the unknown member.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CustomerVersion {
  public abstract long getCustomerKey();

  public abstract String getCustomerId();

  public abstract Instant getValidFrom();

  public abstract @Nullable Instant getValidTo();

  public abstract boolean getIsCurrent();

  public abstract Instant getCreatedAt();

  public abstract @Nullable String getName();

  public abstract @Nullable String getEmailDomain();

  public abstract @Nullable String getBillingCountry();

  public abstract @Nullable String getCardBrand();

  public abstract boolean getIsDelinquent();

  public abstract boolean getIsDeleted();

  public abstract long getGeographyKey();

  public abstract long getChannelKey();

  public abstract String getCountry();

  public abstract String getRegion();

  public abstract String getChannel();

  public abstract String getInitialPlan();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CustomerVersion.Builder();
  }

  /** Builds a {@link CustomerVersion}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerKey(long value);

    public abstract Builder setCustomerId(String value);

    public abstract Builder setValidFrom(Instant value);

    public abstract Builder setValidTo(@Nullable Instant value);

    public abstract Builder setIsCurrent(boolean value);

    public abstract Builder setCreatedAt(Instant value);

    public abstract Builder setName(@Nullable String value);

    public abstract Builder setEmailDomain(@Nullable String value);

    public abstract Builder setBillingCountry(@Nullable String value);

    public abstract Builder setCardBrand(@Nullable String value);

    public abstract Builder setIsDelinquent(boolean value);

    public abstract Builder setIsDeleted(boolean value);

    public abstract Builder setGeographyKey(long value);

    public abstract Builder setChannelKey(long value);

    public abstract Builder setCountry(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setInitialPlan(String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract CustomerVersion build();
  }
}
