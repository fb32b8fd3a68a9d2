package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of {@code raw.charges} that the fold reads: one end-of-day version of a charge. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ChargeSnapshot implements Version {
  private static final String UNCAPTURED = "uncaptured";

  @Override
  public abstract String getId();

  public abstract @Nullable String getCustomer();

  @Override
  public abstract Instant getCreated();

  public abstract long getAmount();

  public abstract long getAmountCaptured();

  public abstract boolean getCaptured();

  public abstract boolean getRefunded();

  public abstract String getCurrency();

  public abstract String getStatus();

  public abstract @Nullable String getPaymentIntent();

  public abstract @Nullable String getFailureCode();

  public abstract @Nullable OutcomeReason getOutcome();

  public abstract @Nullable PaidWith getPaymentMethodDetails();

  public abstract boolean getLivemode();

  @SchemaFieldName("_changed_at")
  @Override
  public abstract Instant getChangedAt();

  @SchemaFieldName("_snapshot_date")
  @Override
  public abstract LocalDate getSnapshotDate();

  /** Whether the money is only authorised: it is no charge unless it is captured. */
  public boolean isHold() {
    return getStatus().equals("succeeded") && !getCaptured();
  }

  /** Whether it may still become a charge, or fail. */
  public boolean isUndecided() {
    return getStatus().equals("pending") || (isHold() && !getRefunded());
  }

  /** Whether it succeeded, failed, is pending, or holds money that was not captured. */
  public String outcome() {
    return isHold() ? UNCAPTURED : getStatus();
  }

  /** Of what succeeded only what was captured, in minor units. */
  public long chargedAmount() {
    return getStatus().equals("succeeded") && getCaptured() ? getAmountCaptured() : getAmount();
  }

  /** Why it failed: what the network says, else Stripe's own code; null unless it failed. */
  public @Nullable String failureReason() {
    if (!getStatus().equals("failed")) {
      return null;
    }
    if (getOutcome() != null && getOutcome().getReason() != null) {
      return getOutcome().getReason();
    }
    return getFailureCode() == null ? Catalog.UNKNOWN : getFailureCode();
  }

  /** The card's brand, else what kind of payment it was. */
  public String network() {
    PaidWith method = getPaymentMethodDetails();
    if (method == null) {
      return Catalog.UNKNOWN;
    }
    if (method.getCard() == null) {
      return method.getType();
    }
    return method.getCard().getBrand() == null ? Catalog.UNKNOWN : method.getCard().getBrand();
  }

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ChargeSnapshot.Builder();
  }

  /** Builds a {@link ChargeSnapshot}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setAmount(long value);

    public abstract Builder setAmountCaptured(long value);

    public abstract Builder setCaptured(boolean value);

    public abstract Builder setRefunded(boolean value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setStatus(String value);

    public abstract Builder setPaymentIntent(@Nullable String value);

    public abstract Builder setFailureCode(@Nullable String value);

    public abstract Builder setOutcome(@Nullable OutcomeReason value);

    public abstract Builder setPaymentMethodDetails(@Nullable PaidWith value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract ChargeSnapshot build();
  }
}
