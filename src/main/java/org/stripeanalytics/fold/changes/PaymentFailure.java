package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The columns of {@code raw.events} that the fold reads, of one {@value #TYPE}: an attempt at an
 * invoice failed. The versions of the invoice cannot tell when, because there is one a day, and it
 * may be paid by then.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PaymentFailure implements Version {
  public static final String TYPE = "invoice.payment_failed";

  /** The event's. */
  @Override
  public abstract String getId();

  @Override
  public abstract Instant getCreated();

  /** The invoice. */
  public abstract @Nullable String getObjectId();

  public abstract @Nullable String getCustomer();

  public abstract boolean getLivemode();

  @SchemaFieldName("_changed_at")
  @Override
  public abstract Instant getChangedAt();

  @SchemaFieldName("_snapshot_date")
  @Override
  public abstract LocalDate getSnapshotDate();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_PaymentFailure.Builder();
  }

  /** Builds a {@link PaymentFailure}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setObjectId(@Nullable String value);

    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract PaymentFailure build();
  }
}
