package org.stripeanalytics.model.ops;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** A row of {@code ops.deliveries}: a webhook that the edge received. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ReceivedDelivery {
  public abstract String getEventId();

  public abstract @Nullable String getEventType();

  public abstract @Nullable Instant getCreatedAt();

  public abstract Instant getReceivedAt();

  public abstract @Nullable Boolean getLivemode();

  public abstract @Nullable String getAccount();

  public abstract LocalDate getReceivedOn();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ReceivedDelivery.Builder();
  }

  /** Builds a {@link ReceivedDelivery}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setEventId(String value);

    public abstract Builder setEventType(@Nullable String value);

    public abstract Builder setCreatedAt(@Nullable Instant value);

    public abstract Builder setReceivedAt(Instant value);

    public abstract Builder setLivemode(@Nullable Boolean value);

    public abstract Builder setAccount(@Nullable String value);

    public abstract Builder setReceivedOn(LocalDate value);

    public abstract ReceivedDelivery build();
  }
}
