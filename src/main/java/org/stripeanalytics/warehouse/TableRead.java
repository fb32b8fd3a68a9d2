package org.stripeanalytics.warehouse;

import static java.util.stream.Collectors.joining;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.util.Optional;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;

/** Which rows and columns of a table to read. By default all of both. */
@AutoValue
public abstract class TableRead<T> implements Serializable {
  public abstract WarehouseTable<?> table();

  /** The row class to read into: the table's own, or a projection of it. */
  public abstract Class<T> rowClass();

  abstract @Nullable DataInterval intervalOrNull();

  abstract @Nullable String newestOfOrNull();

  abstract ImmutableList<Days> days();

  /** Rows whose date in a column lies in an interval, or those where it does not. */
  record Days(String column, DataInterval interval, boolean within) implements Serializable {
    String sql() {
      return (within
              ? "%1$s >= DATE '%2$s' AND %1$s < DATE '%3$s'"
              : "(%1$s < DATE '%2$s' OR %1$s >= DATE '%3$s')")
          .formatted(column, interval.from(), interval.to());
    }
  }

  public static <T> TableRead<T> of(WarehouseTable<T> table) {
    return new AutoValue_TableRead<>(table, table.rowClass(), null, null, ImmutableList.of());
  }

  /**
   * Reads only the columns that {@code projection} has. It is a row class whose columns are some of
   * the table's, with the same names and types; nested records may be narrowed likewise.
   */
  public <P> TableRead<P> as(Class<P> projection) {
    return new AutoValue_TableRead<>(
        table(), projection, intervalOrNull(), newestOfOrNull(), days());
  }

  /**
   * Reads only the rows whose partition column lies in the interval.
   *
   * @throws IllegalArgumentException when the table has no partitions
   */
  public TableRead<T> during(DataInterval interval) {
    return new AutoValue_TableRead<>(
        table(),
        rowClass(),
        interval,
        newestOfOrNull(),
        with(new Days(partitionColumn(interval), interval, /* within= */ true)));
  }

  /** Reads only the rows whose date in {@code column} lies in the interval. */
  public TableRead<T> within(String column, DataInterval interval) {
    return new AutoValue_TableRead<>(
        table(),
        rowClass(),
        intervalOrNull(),
        newestOfOrNull(),
        with(new Days(column, interval, /* within= */ true)));
  }

  /** Reads only the rows whose date in {@code column} does not lie in the interval. */
  public TableRead<T> outside(String column, DataInterval interval) {
    return new AutoValue_TableRead<>(
        table(),
        rowClass(),
        intervalOrNull(),
        newestOfOrNull(),
        with(new Days(column, interval, /* within= */ false)));
  }

  /**
   * Needs, of the rows that agree in a column, only the one of the newest partition. A warehouse
   * may leave out the others, where it can do so cheaply, and may give any of them.
   */
  public TableRead<T> newestOf(String column) {
    return new AutoValue_TableRead<>(table(), rowClass(), intervalOrNull(), column, days());
  }

  /** That of {@link #during}. */
  public Optional<DataInterval> interval() {
    return Optional.ofNullable(intervalOrNull());
  }

  public Optional<String> newestOf() {
    return Optional.ofNullable(newestOfOrNull());
  }

  /** The rows to read, but for {@link #newestOf}, as a condition in the SQL of every warehouse. */
  public Optional<String> condition() {
    return days().isEmpty()
        ? Optional.empty()
        : Optional.of(days().stream().map(Days::sql).collect(joining(" AND ")));
  }

  private ImmutableList<Days> with(Days added) {
    return Stream.concat(days().stream(), Stream.of(added))
        .collect(ImmutableList.toImmutableList());
  }

  private String partitionColumn(DataInterval interval) {
    Contract contract = table().contract();
    return contract
        .partitionColumn()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    contract.name() + " has no partition column to read " + interval + " by"));
  }
}
