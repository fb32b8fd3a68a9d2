package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code request} of {@link Event}: the API request behind it. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class EventRequest {
  public abstract @Nullable String getId();

  public abstract @Nullable String getIdempotencyKey();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_EventRequest.Builder();
  }

  /** Builds a {@link EventRequest}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(@Nullable String value);

    public abstract Builder setIdempotencyKey(@Nullable String value);

    public abstract EventRequest build();
  }
}
