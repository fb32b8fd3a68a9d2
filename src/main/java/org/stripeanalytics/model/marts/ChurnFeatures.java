package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code marts.churn_features}: one row per paying customer and month: what was known of
 * it at the end of the month and may tell whether it leaves.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ChurnFeatures {
  public abstract String getCustomerId();

  public abstract LocalDate getMonth();

  public abstract String getRegion();

  public abstract String getChannel();

  public abstract String getPlan();

  public abstract @Nullable Long getBillingMonths();

  public abstract long getArrMinor();

  public abstract boolean getIsAnnounced();

  public abstract boolean getIsDiscounted();

  public abstract long getBillsPaid();

  public abstract @Nullable Long getDaysToNextBill();

  public abstract @Nullable Long getDaysSinceLastBill();

  public abstract long getFailedAttemptsOpen();

  public abstract @Nullable Long getDaysInCollection();

  @SchemaFieldName("failed_first_attempts_90d")
  public abstract long getFailedFirstAttempts90d();

  public abstract String getCardFunding();

  public abstract @Nullable LocalDate getCardExpiresOn();

  @SchemaFieldName("upgrades_180d")
  public abstract long getUpgrades180d();

  @SchemaFieldName("downgrades_180d")
  public abstract long getDowngrades180d();

  public abstract long getTimesLeft();

  @SchemaFieldName("refunds_180d")
  public abstract long getRefunds180d();

  @SchemaFieldName("disputes_180d")
  public abstract long getDisputes180d();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ChurnFeatures.Builder();
  }

  /** Builds a {@link ChurnFeatures}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerId(String value);

    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setPlan(String value);

    public abstract Builder setBillingMonths(@Nullable Long value);

    public abstract Builder setArrMinor(long value);

    public abstract Builder setIsAnnounced(boolean value);

    public abstract Builder setIsDiscounted(boolean value);

    public abstract Builder setBillsPaid(long value);

    public abstract Builder setDaysToNextBill(@Nullable Long value);

    public abstract Builder setDaysSinceLastBill(@Nullable Long value);

    public abstract Builder setFailedAttemptsOpen(long value);

    public abstract Builder setDaysInCollection(@Nullable Long value);

    public abstract Builder setFailedFirstAttempts90d(long value);

    public abstract Builder setCardFunding(String value);

    public abstract Builder setCardExpiresOn(@Nullable LocalDate value);

    public abstract Builder setUpgrades180d(long value);

    public abstract Builder setDowngrades180d(long value);

    public abstract Builder setTimesLeft(long value);

    public abstract Builder setRefunds180d(long value);

    public abstract Builder setDisputes180d(long value);

    public abstract ChurnFeatures build();
  }
}
