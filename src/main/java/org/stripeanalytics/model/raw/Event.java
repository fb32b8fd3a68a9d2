package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** A row of {@code raw.events}: one row per Stripe event; events never change. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Event {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract String getType();

  public abstract @Nullable String getApiVersion();

  public abstract @Nullable Long getSequence();

  public abstract String getObjectType();

  public abstract @Nullable String getObjectId();

  public abstract @Nullable String getCustomer();

  public abstract @Nullable String getAccount();

  public abstract String getDataObject();

  public abstract @Nullable String getPreviousAttributes();

  public abstract @Nullable Long getPendingWebhooks();

  public abstract @Nullable EventRequest getRequest();

  public abstract boolean getLivemode();

  @SchemaFieldName("_snapshot_date")
  public abstract LocalDate getSnapshotDate();

  @SchemaFieldName("_changed_at")
  public abstract Instant getChangedAt();

  @SchemaFieldName("_source")
  public abstract String getSource();

  @SchemaFieldName("_payload")
  public abstract @Nullable String getPayload();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Event.Builder();
  }

  /** Builds a {@link Event}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setType(String value);

    public abstract Builder setApiVersion(@Nullable String value);

    public abstract Builder setSequence(@Nullable Long value);

    public abstract Builder setObjectType(String value);

    public abstract Builder setObjectId(@Nullable String value);

    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setAccount(@Nullable String value);

    public abstract Builder setDataObject(String value);

    public abstract Builder setPreviousAttributes(@Nullable String value);

    public abstract Builder setPendingWebhooks(@Nullable Long value);

    public abstract Builder setRequest(@Nullable EventRequest value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract Event build();
  }
}
