package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** What a customer's MRR was just before an interval, as far as later movements depend on it. */
@AutoValue
@DefaultCoder(RowCoder.class)
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

  /** The first day with any at its end; null where there never was. */
  public abstract @Nullable LocalDate getFirstMrrOn();

  /** Of the last twelve month ends those that differ from the one before, the first from none. */
  public abstract List<MonthEndArr> getMonthEnds();

  public static OpeningMrr of(
      MrrLevel level, boolean hadMrr, long monthEndArr, boolean hadMonthEndMrr) {
    return builder()
        .setLevel(level)
        .setHadMrr(hadMrr)
        .setMonthEndArr(monthEndArr)
        .setHadMonthEndMrr(hadMonthEndMrr)
        .setMonthEnds(List.of())
        .build();
  }

  OpeningMrr withHistory(@Nullable LocalDate firstMrrOn, List<MonthEndArr> monthEnds) {
    return toBuilder().setFirstMrrOn(firstMrrOn).setMonthEnds(monthEnds).build();
  }

  /** Annualised minor units at the end of a month before the interval, of the last twelve. */
  long atEndOfMonth(LocalDate month) {
    long arr = 0;
    for (MonthEndArr end : getMonthEnds()) {
      if (!end.getMonth().isAfter(month)) {
        arr = end.getArr();
      }
    }
    return arr;
  }

  /** The same without what was before the end of a month. */
  public OpeningMrr since(LocalDate oldest) {
    ImmutableList.Builder<MonthEndArr> monthEnds = ImmutableList.builder();
    long arr = atEndOfMonth(oldest);
    if (arr != 0) {
      monthEnds.add(MonthEndArr.of(oldest, arr));
    }
    getMonthEnds().stream().filter(end -> end.getMonth().isAfter(oldest)).forEach(monthEnds::add);
    return toBuilder().setMonthEnds(monthEnds.build()).build();
  }

  abstract Builder toBuilder();

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

    abstract Builder setFirstMrrOn(@Nullable LocalDate day);

    abstract Builder setMonthEnds(List<MonthEndArr> monthEnds);

    abstract OpeningMrr build();
  }
}
