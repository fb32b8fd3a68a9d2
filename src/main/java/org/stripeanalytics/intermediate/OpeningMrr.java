package org.stripeanalytics.intermediate;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.stripeanalytics.model.schema.RowSchema;

/** What a customer's MRR was just before an interval, as far as later movements depend on it. */
@AutoValue
@DefaultSchema(RowSchema.class)
public abstract class OpeningMrr {
  public static final OpeningMrr NEVER_ANY = of(MrrLevel.NONE, false, 0, false);

  /** At the end of the day before the interval. */
  public abstract MrrLevel getLevel();

  /** Whether there was any at the end of an earlier day. */
  public abstract boolean getHadMrr();

  /** Annualised minor units at the last month end before the interval. */
  public abstract long getMonthEndArr();

  /** Whether there was any at an earlier month end. */
  public abstract boolean getHadMonthEndMrr();

  public static OpeningMrr of(
      MrrLevel level, boolean hadMrr, long monthEndArr, boolean hadMonthEndMrr) {
    return builder()
        .setLevel(level)
        .setHadMrr(hadMrr)
        .setMonthEndArr(monthEndArr)
        .setHadMonthEndMrr(hadMonthEndMrr)
        .build();
  }

  static Builder builder() {
    return new AutoValue_OpeningMrr.Builder();
  }

  /** Beam rebuilds openings through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setLevel(MrrLevel level);

    abstract Builder setHadMrr(boolean hadMrr);

    abstract Builder setMonthEndArr(long arr);

    abstract Builder setHadMonthEndMrr(boolean hadMrr);

    abstract OpeningMrr build();
  }
}
