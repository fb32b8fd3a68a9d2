package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** A change of the interval that takes effect before it. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class LateChange {
  public abstract String getTable();

  public abstract String getId();

  public abstract LocalDate getEffectiveOn();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_LateChange.Builder();
  }

  /** Builds a {@link LateChange}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setTable(String value);

    public abstract Builder setId(String value);

    public abstract Builder setEffectiveOn(LocalDate value);

    public abstract LateChange build();
  }
}
