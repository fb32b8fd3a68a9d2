package org.stripeanalytics.warehouse;

import java.time.LocalDate;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Refuses rows outside the days that a run owns of a table: the same run again would not replace
 * them but add them a second time. Tables that are not owned by days, and runs that merge and own
 * no interval, take any row.
 */
public final class OwnedDays<T> {
  private static final int NO_FIELD = -1;

  private final WarehouseTable<T> table;
  private final RowCodec<T> codec;
  private final int dayField;
  private final long from;
  private final long to;

  private OwnedDays(WarehouseTable<T> table, RowCodec<T> codec, int dayField, long from, long to) {
    this.table = table;
    this.codec = codec;
    this.dayField = dayField;
    this.from = from;
    this.to = to;
  }

  public static <T> OwnedDays<T> of(
      WarehouseTable<T> table, RowCodec<T> codec, @Nullable DataInterval interval) {
    Contract contract = table.contract();
    if (interval == null
        || (contract.ownership() != Ownership.EVENT
            && contract.ownership() != Ownership.OBSERVED)) {
      return new OwnedDays<>(table, codec, NO_FIELD, 0, 0);
    }
    int dayField = codec.schema().indexOf(contract.partitionColumn().orElseThrow());
    DataInterval owned = contract.owned(interval);
    return new OwnedDays<>(
        table, codec, dayField, owned.from().toEpochDay(), owned.to().toEpochDay());
  }

  /**
   * Checks one row.
   *
   * @throws IllegalStateException when the run does not own its day
   */
  public void check(T row) {
    if (dayField == NO_FIELD) {
      return;
    }
    long day = (Long) codec.get(row, dayField);
    if (day < from || day >= to) {
      throw new IllegalStateException(
          "%s is given a row of %s, and the run owns [%s, %s)"
              .formatted(
                  table,
                  LocalDate.ofEpochDay(day),
                  LocalDate.ofEpochDay(from),
                  LocalDate.ofEpochDay(to)));
    }
  }
}
