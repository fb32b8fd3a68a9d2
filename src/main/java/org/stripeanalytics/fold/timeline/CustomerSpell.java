package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.CustomerSnapshot;
import org.stripeanalytics.model.schema.RowCoder;

/** A customer from one change of a tracked attribute to the next. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CustomerSpell {
  public abstract Instant getValidFrom();

  public abstract CustomerSnapshot getVersion();

  public abstract @Nullable String getCardBrand();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CustomerSpell.Builder();
  }

  /** Builds a {@link CustomerSpell}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setValidFrom(Instant value);

    public abstract Builder setVersion(CustomerSnapshot value);

    public abstract Builder setCardBrand(@Nullable String value);

    public abstract CustomerSpell build();
  }
}
