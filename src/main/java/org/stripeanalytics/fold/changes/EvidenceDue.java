package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The column of a dispute's {@code evidence_details} that the fold reads. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class EvidenceDue {
  public abstract @Nullable Instant getDueBy();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_EvidenceDue.Builder();
  }

  /** Builds a {@link EvidenceDue}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setDueBy(@Nullable Instant value);

    public abstract EvidenceDue build();
  }
}
