package org.stripeanalytics.relations;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.model.schema.RowCoder;

/** What a customer's annualised MRR was from the end of a day on. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class MrrStep {
  public abstract LocalDate getDay();

  /** Minor units of the reporting currency a year. */
  public abstract long getArr();

  public static MrrStep of(LocalDate day, long arr) {
    return builder().setDay(day).setArr(arr).build();
  }

  static Builder builder() {
    return new AutoValue_MrrStep.Builder();
  }

  /** Beam rebuilds steps through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setDay(LocalDate value);

    abstract Builder setArr(long value);

    abstract MrrStep build();
  }
}
