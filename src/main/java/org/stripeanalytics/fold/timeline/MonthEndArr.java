package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** Annualised minor units at the end of a month. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class MonthEndArr {
  public abstract LocalDate getMonth();

  public abstract long getArr();

  static MonthEndArr of(LocalDate month, long arr) {
    return builder().setMonth(month).setArr(arr).build();
  }

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_MonthEndArr.Builder();
  }

  /** Builds a {@link MonthEndArr}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setArr(long value);

    public abstract MonthEndArr build();
  }
}
