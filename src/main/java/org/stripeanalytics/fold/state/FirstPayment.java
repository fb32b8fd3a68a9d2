package org.stripeanalytics.fold.state;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** When a customer first paid, and whether it had MRR some days later; null while undecided. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class FirstPayment {
  public abstract Instant getPaidAt();

  @SchemaFieldName("is_retained_30d")
  public abstract @Nullable Boolean getIsRetained30d();

  @SchemaFieldName("is_retained_90d")
  public abstract @Nullable Boolean getIsRetained90d();

  @SchemaFieldName("is_retained_365d")
  public abstract @Nullable Boolean getIsRetained365d();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_FirstPayment.Builder();
  }

  /** Builds a {@link FirstPayment}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setPaidAt(Instant value);

    public abstract Builder setIsRetained30d(@Nullable Boolean value);

    public abstract Builder setIsRetained90d(@Nullable Boolean value);

    public abstract Builder setIsRetained365d(@Nullable Boolean value);

    public abstract FirstPayment build();
  }
}
