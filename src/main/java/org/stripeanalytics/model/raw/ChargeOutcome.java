package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code outcome} of {@link Charge}: how issuer and network judged it. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ChargeOutcome {
  public abstract String getType();

  public abstract @Nullable String getNetworkStatus();

  public abstract @Nullable String getReason();

  public abstract @Nullable String getAdviceCode();

  public abstract @Nullable String getNetworkDeclineCode();

  public abstract @Nullable String getRiskLevel();

  public abstract @Nullable Long getRiskScore();

  public abstract @Nullable String getSellerMessage();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ChargeOutcome.Builder();
  }

  /** Builds a {@link ChargeOutcome}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setType(String value);

    public abstract Builder setNetworkStatus(@Nullable String value);

    public abstract Builder setReason(@Nullable String value);

    public abstract Builder setAdviceCode(@Nullable String value);

    public abstract Builder setNetworkDeclineCode(@Nullable String value);

    public abstract Builder setRiskLevel(@Nullable String value);

    public abstract Builder setRiskScore(@Nullable Long value);

    public abstract Builder setSellerMessage(@Nullable String value);

    public abstract ChargeOutcome build();
  }
}
