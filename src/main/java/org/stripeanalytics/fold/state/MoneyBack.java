package org.stripeanalytics.fold.state;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** A refund or dispute that was seen, with the time at which its money first moved, if it has. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class MoneyBack {
  public abstract String getId();

  public abstract @Nullable Instant getMovedAt();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_MoneyBack.Builder();
  }

  /** Builds a {@link MoneyBack}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setMovedAt(@Nullable Instant value);

    public abstract MoneyBack build();
  }
}
