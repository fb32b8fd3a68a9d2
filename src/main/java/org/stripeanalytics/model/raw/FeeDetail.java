package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code fee_details} of {@link DisputeTransaction}: what the fee consists of. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class FeeDetail {
  public abstract long getAmount();

  public abstract @Nullable String getApplication();

  public abstract String getCurrency();

  public abstract @Nullable String getDescription();

  public abstract String getType();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_FeeDetail.Builder();
  }

  /** Builds a {@link FeeDetail}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setAmount(long value);

    public abstract Builder setApplication(@Nullable String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setDescription(@Nullable String value);

    public abstract Builder setType(String value);

    public abstract FeeDetail build();
  }
}
