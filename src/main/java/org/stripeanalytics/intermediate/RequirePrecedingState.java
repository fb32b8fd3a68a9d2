package org.stripeanalytics.intermediate;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableSortedSet;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.FoldedMonth;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.UsesTables;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Refuses an interval whose preceding months have raw rows and were never folded: there would be no
 * state to go on from, and every figure would be too low. Nothing is published then. Of months
 * behind the interval that were folded already it warns: they were told by a state that may change
 * now. Output: one element, once it is known that all is well.
 */
public final class RequirePrecedingState extends PTransform<PBegin, PCollection<Long>>
    implements UsesTables {
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
  public List<TableRead<?>> tableReads() {
    return List.of(
        TableRead.of(Tables.FOLDED_MONTHS),
        TableRead.of(Tables.CUSTOMERS).during(ReadChanges.before(interval.from())));
  }

  @Override
  public PCollection<Long> expand(PBegin begin) {
    return begin
        .apply("Begin", Impulse.create())
        .apply("Check", ParDo.of(new CheckFn(warehouse, interval)));
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

  private static final class CheckFn extends DoFn<byte[], Long> {
    private static final Logger LOG = LoggerFactory.getLogger(RequirePrecedingState.class);
    private final Warehouse warehouse;
    private final DataInterval interval;

    CheckFn(Warehouse warehouse, DataInterval interval) {
      this.warehouse = warehouse;
      this.interval = interval;
    }

    @ProcessElement
    public void check(OutputReceiver<Long> output) {
      List<FoldedMonth> folded = warehouse.list(TableRead.of(Tables.FOLDED_MONTHS));
      RequirePrecedingState.check(interval.from(), folded, firstDay());
      warning(interval, folded).ifPresent(LOG::warn);
      output.output(interval.from().toEpochDay());
    }

    /** Of any raw row before the interval. */
    private Optional<LocalDate> firstDay() {
      String sql =
          "SELECT MIN(t._snapshot_date) AS first_day FROM %s AS t WHERE t._snapshot_date < DATE '%s'";
      return Optional.ofNullable(
          (LocalDate) warehouse.query(sql.formatted(Tables.CUSTOMERS, interval.from())).value());
    }
  }
}
