package org.stripeanalytics.model.intermediate;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code intermediate.folded_months}: one row per finished month that the fold has passed:
 * a run may begin where they end.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class FoldedMonth {
  public abstract LocalDate getMonth();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_FoldedMonth.Builder();
  }

  /** Builds a {@link FoldedMonth}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMonth(LocalDate value);

    public abstract FoldedMonth build();
  }
}
