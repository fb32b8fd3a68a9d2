package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of {@code raw.payment_methods} that predictions need. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SeenCard {
  public abstract @Nullable String getCustomer();

  public abstract @Nullable CardTerms getCard();

  @SchemaFieldName("_changed_at")
  public abstract Instant getChangedAt();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SeenCard.Builder();
  }

  /** Builds a {@link SeenCard}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setCard(@Nullable CardTerms value);

    public abstract Builder setChangedAt(Instant value);

    public abstract SeenCard build();
  }
}
