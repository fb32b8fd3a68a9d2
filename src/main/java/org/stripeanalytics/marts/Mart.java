package org.stripeanalytics.marts;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;

/**
 * How the rows of a mart follow from its sums: a row for every period from the first one that has
 * the row group's first event to the last that the interval finishes. What lies before the interval
 * opens it and has no rows of its own.
 *
 * @param measured what is summed
 * @param firstEvent the measure, never negative, whose first occurrence opens a row group
 * @param toRow makes the row of a period
 */
public record Mart<M extends Enum<M>, RowT>(
    WarehouseTable<RowT> table,
    Grain grain,
    Class<M> measured,
    M firstEvent,
    DataInterval interval,
    SerializableFunction<RolledPeriod<M>, RowT> toRow)
    implements Serializable {

  /** Whether rows follow from the sums of a row group: it has these measures, by these periods. */
  boolean counts(RowGroup group) {
    return group.isOf(measured, grain);
  }

  List<RowT> rows(RowGroup group, NavigableMap<LocalDate, Sums<M>> history) {
    return RolledPeriod.roll(group, history, grain, firstEvent, interval).stream()
        .map(toRow::apply)
        .toList();
  }
}
