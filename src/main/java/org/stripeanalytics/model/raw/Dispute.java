package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code raw.disputes}: one row per Stripe dispute and day on which it changed, as at the
 * end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Dispute {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract String getCharge();

  public abstract @Nullable String getPaymentIntent();

  public abstract long getAmount();

  public abstract String getCurrency();

  public abstract String getStatus();

  public abstract String getReason();

  public abstract @Nullable String getNetworkReasonCode();

  public abstract boolean getIsChargeRefundable();

  public abstract List<DisputeTransaction> getBalanceTransactions();

  public abstract @Nullable DisputeCard getCard();

  public abstract EvidenceDetails getEvidenceDetails();

  public abstract boolean getLivemode();

  public abstract List<MetadataEntry> getMetadata();

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
    return new AutoValue_Dispute.Builder().setBalanceTransactions(List.of()).setMetadata(List.of());
  }

  /** Builds a {@link Dispute}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setCharge(String value);

    public abstract Builder setPaymentIntent(@Nullable String value);

    public abstract Builder setAmount(long value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setStatus(String value);

    public abstract Builder setReason(String value);

    public abstract Builder setNetworkReasonCode(@Nullable String value);

    public abstract Builder setIsChargeRefundable(boolean value);

    public abstract Builder setBalanceTransactions(List<DisputeTransaction> value);

    public abstract Builder setCard(@Nullable DisputeCard value);

    public abstract Builder setEvidenceDetails(EvidenceDetails value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract Dispute build();
  }
}
