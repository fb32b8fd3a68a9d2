package org.stripeanalytics.intermediate;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.InvoiceParent;
import org.stripeanalytics.model.schema.RowSchema;

/**
 * The columns of {@code raw.invoices} that the fold reads: one end-of-day version of an invoice.
 */
@AutoValue
@DefaultSchema(RowSchema.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class InvoiceSnapshot {
  public abstract String getId();

  public abstract @Nullable String getCustomer();

  public abstract Instant getCreated();

  public abstract @Nullable String getStatus();

  public abstract long getAttemptCount();

  public abstract @Nullable InvoiceParent getParent();

  @SchemaFieldName("_changed_at")
  public abstract Instant getChangedAt();

  @SchemaFieldName("_snapshot_date")
  public abstract LocalDate getSnapshotDate();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_InvoiceSnapshot.Builder();
  }

  /** Builds a {@link InvoiceSnapshot}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setStatus(@Nullable String value);

    public abstract Builder setAttemptCount(long value);

    public abstract Builder setParent(@Nullable InvoiceParent value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract InvoiceSnapshot build();
  }
}
