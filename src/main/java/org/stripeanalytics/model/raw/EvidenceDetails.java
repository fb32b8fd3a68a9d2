package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code evidence_details} of {@link Dispute}: how far the answer has got. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class EvidenceDetails {
  public abstract @Nullable Instant getDueBy();

  public abstract boolean getHasEvidence();

  public abstract boolean getPastDue();

  public abstract long getSubmissionCount();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_EvidenceDetails.Builder();
  }

  /** Builds a {@link EvidenceDetails}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setDueBy(@Nullable Instant value);

    public abstract Builder setHasEvidence(boolean value);

    public abstract Builder setPastDue(boolean value);

    public abstract Builder setSubmissionCount(long value);

    public abstract EvidenceDetails build();
  }
}
