package org.stripeanalytics.intermediate;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** The day of a raw row, where nothing else of it matters. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SnapshotDay {
  @SchemaFieldName("_snapshot_date")
  public abstract LocalDate getSnapshotDate();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SnapshotDay.Builder();
  }

  /** Builds a {@link SnapshotDay}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract SnapshotDay build();
  }
}
