package org.stripeanalytics.intermediate;

import java.util.List;
import java.util.stream.Stream;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.FoldedMonth;

/** {@code intermediate.folded_months}: the months that an interval finishes. */
public final class ComputeFoldedMonths {

  public static List<FoldedMonth> rows(DataInterval interval) {
    return Stream.iterate(
            interval.from().withDayOfMonth(1),
            month -> !month.plusMonths(1).isAfter(interval.to()),
            month -> month.plusMonths(1))
        .map(month -> FoldedMonth.builder().setMonth(month).build())
        .toList();
  }

  private ComputeFoldedMonths() {}
}
