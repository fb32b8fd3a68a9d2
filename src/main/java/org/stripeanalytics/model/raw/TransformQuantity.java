package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code transform_quantity} of a price: how many units make a package. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class TransformQuantity implements Serializable {
  public abstract long getDivideBy();

  public abstract String getRound();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_TransformQuantity.Builder();
  }

  /** Builds a {@link TransformQuantity}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setDivideBy(long value);

    public abstract Builder setRound(String value);

    public abstract TransformQuantity build();
  }
}
