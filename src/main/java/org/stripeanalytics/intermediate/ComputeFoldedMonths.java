package org.stripeanalytics.intermediate;

import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.FoldedMonth;

/**
 * {@code intermediate.folded_months}: the months that the interval finishes. Input: the one element
 * that says that they can be folded, so that nothing is published without it.
 */
public final class ComputeFoldedMonths
    extends PTransform<PCollection<Long>, PCollection<FoldedMonth>> {
  private final DataInterval interval;

  private ComputeFoldedMonths(DataInterval interval) {
    this.interval = interval;
  }

  public static ComputeFoldedMonths of(DataInterval interval) {
    return new ComputeFoldedMonths(interval);
  }

  @Override
  public PCollection<FoldedMonth> expand(PCollection<Long> permission) {
    DataInterval folded = interval;
    return permission
        .apply(
            "NameMonths",
            FlatMapElements.into(TypeDescriptor.of(FoldedMonth.class)).via(one -> rows(folded)))
        .setCoder(Tables.FOLDED_MONTHS.coder());
  }

  static List<FoldedMonth> rows(DataInterval interval) {
    return Stream.iterate(
            interval.from().withDayOfMonth(1),
            month -> !month.plusMonths(1).isAfter(interval.to()),
            month -> month.plusMonths(1))
        .map(month -> FoldedMonth.builder().setMonth(month).build())
        .toList();
  }
}
