package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code card} of {@link Dispute}: payment_method_details.card: the network's view. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class DisputeCard {
  public abstract @Nullable String getBrand();

  public abstract String getCaseType();

  public abstract @Nullable String getNetworkReasonCode();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_DisputeCard.Builder();
  }

  /** Builds a {@link DisputeCard}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setBrand(@Nullable String value);

    public abstract Builder setCaseType(String value);

    public abstract Builder setNetworkReasonCode(@Nullable String value);

    public abstract DisputeCard build();
  }
}
