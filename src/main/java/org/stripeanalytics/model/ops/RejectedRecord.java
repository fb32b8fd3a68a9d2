package org.stripeanalytics.model.ops;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code ops.rejected_records}: one row per record or row that a run rejected, with the
 * reason and everything needed to ingest it again.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class RejectedRecord {
  public abstract String getRunId();

  public abstract String getRejectionId();

  public abstract String getPipeline();

  public abstract String getStep();

  public abstract @Nullable String getTargetTable();

  public abstract @Nullable String getObjectId();

  public abstract String getRule();

  public abstract String getMessage();

  public abstract String getPayload();

  public abstract @Nullable String getSourceFile();

  public abstract @Nullable Long getRecordNumber();

  public abstract @Nullable LocalDate getExtractedOn();

  public abstract @Nullable String getReplayedBy();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_RejectedRecord.Builder();
  }

  /** Builds a {@link RejectedRecord}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setRunId(String value);

    public abstract Builder setRejectionId(String value);

    public abstract Builder setPipeline(String value);

    public abstract Builder setStep(String value);

    public abstract Builder setTargetTable(@Nullable String value);

    public abstract Builder setObjectId(@Nullable String value);

    public abstract Builder setRule(String value);

    public abstract Builder setMessage(String value);

    public abstract Builder setPayload(String value);

    public abstract Builder setSourceFile(@Nullable String value);

    public abstract Builder setRecordNumber(@Nullable Long value);

    public abstract Builder setExtractedOn(@Nullable LocalDate value);

    public abstract Builder setReplayedBy(@Nullable String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract RejectedRecord build();
  }
}
