package org.stripeanalytics.intermediate;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableSortedSet;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Min;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.FoldedMonth;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Refuses an interval whose preceding months have raw rows and were never folded: there would be no
 * state to go on from, and every figure would be too low. Nothing is published then. Of months
 * behind the interval that were folded already it warns: they were told by a state that may change
 * now. Output: one element, once it is known that all is well.
 */
public final class RequirePrecedingState extends PTransform<PBegin, PCollection<Long>> {
  private final Warehouse warehouse;
  private final DataInterval interval;

  private RequirePrecedingState(Warehouse warehouse, DataInterval interval) {
    this.warehouse = warehouse;
    this.interval = interval;
  }

  /**
   * @param interval begins with a month
   */
  public static RequirePrecedingState of(Warehouse warehouse, DataInterval interval) {
    return new RequirePrecedingState(warehouse, interval);
  }

  @Override
  public PCollection<Long> expand(PBegin begin) {
    PCollectionView<List<FoldedMonth>> folded =
        begin
            .apply("ReadFoldedMonths", warehouse.read(TableRead.of(Tables.FOLDED_MONTHS)))
            .apply("AllFolded", View.asList());
    PCollectionView<Iterable<Long>> earliest =
        begin
            .apply(
                "ReadEarlierDays",
                warehouse.read(
                    TableRead.of(Tables.CUSTOMERS)
                        .as(SnapshotDay.class)
                        .during(ReadChanges.before(interval.from()))))
            .apply(
                "TakeDay",
                MapElements.into(TypeDescriptors.longs())
                    .via(row -> row.getSnapshotDate().toEpochDay()))
            .apply("FirstDay", Combine.globally(Min.ofLongs()).withoutDefaults())
            .apply("FirstDayIfAny", View.asIterable());
    return begin
        .apply("Begin", Create.of(interval.from().toEpochDay()).withCoder(VarLongCoder.of()))
        .apply(
            "Check",
            ParDo.of(new CheckFn(interval, folded, earliest)).withSideInputs(folded, earliest));
  }

  /**
   * @param from the first day to fold
   * @param firstDay of any raw row before it
   * @throws IllegalStateException naming the months that are missing
   */
  static void check(LocalDate from, Iterable<FoldedMonth> folded, Optional<LocalDate> firstDay) {
    if (firstDay.isEmpty()) {
      return;
    }
    ImmutableSortedSet.Builder<LocalDate> known = ImmutableSortedSet.naturalOrder();
    folded.forEach(month -> known.add(month.getMonth()));
    ImmutableSortedSet<LocalDate> months = known.build();
    LocalDate gap = from;
    LocalDate first = firstDay.get().withDayOfMonth(1);
    for (LocalDate month = from.minusMonths(1);
        !month.isBefore(first) && !months.contains(month);
        month = month.minusMonths(1)) {
      gap = month;
    }
    checkState(
        gap.equals(from),
        "there is no state to go on from: the months from %s to %s were never transformed;"
            + " run transform --from=%s",
        gap,
        from.minusMonths(1),
        gap);
  }

  /**
   * Where a row changes later the newer {@code _as_of} stands, so what later months said stays
   * until they are folded again, in the same run.
   */
  static Optional<String> warning(DataInterval interval, Iterable<FoldedMonth> folded) {
    LocalDate last = LocalDate.MIN;
    for (FoldedMonth month : folded) {
      last = month.getMonth().isAfter(last) ? month.getMonth() : last;
    }
    return last.isBefore(interval.to())
        ? Optional.empty()
        : Optional.of(
            ("the months from %s to %s were transformed before, and still say what they said then;"
                    + " if something has changed for them, run transform --from=%s --to=%s")
                .formatted(interval.to(), last, interval.from(), last.plusMonths(1)));
  }

  private static final class CheckFn extends DoFn<Long, Long> {
    private static final Logger LOG = LoggerFactory.getLogger(RequirePrecedingState.class);
    private final DataInterval interval;
    private final PCollectionView<List<FoldedMonth>> folded;
    private final PCollectionView<Iterable<Long>> earliest;

    CheckFn(
        DataInterval interval,
        PCollectionView<List<FoldedMonth>> folded,
        PCollectionView<Iterable<Long>> earliest) {
      this.interval = interval;
      this.folded = folded;
      this.earliest = earliest;
    }

    @ProcessElement
    public void check(ProcessContext context) {
      Optional<LocalDate> firstDay = Optional.empty();
      for (long day : context.sideInput(earliest)) {
        firstDay = Optional.of(LocalDate.ofEpochDay(day));
      }
      RequirePrecedingState.check(
          LocalDate.ofEpochDay(context.element()), context.sideInput(folded), firstDay);
      warning(interval, context.sideInput(folded)).ifPresent(LOG::warn);
      context.output(context.element());
    }
  }
}
