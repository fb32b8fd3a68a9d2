package org.stripeanalytics.warehouse;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
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

  public static <T> TableRead<T> of(WarehouseTable<T> table) {
    return new AutoValue_TableRead<>(table, table.rowClass(), null, null);
  }

  /**
   * Reads only the columns that {@code projection} has. It is a row class whose columns are some of
   * the table's, with the same names and types; nested records may be narrowed likewise.
   */
  public <P> TableRead<P> as(Class<P> projection) {
    return new AutoValue_TableRead<>(table(), projection, intervalOrNull(), newestOfOrNull());
  }

  /** Reads only the rows whose partition column lies in the interval. */
  public TableRead<T> during(DataInterval interval) {
    return new AutoValue_TableRead<>(table(), rowClass(), interval, newestOfOrNull());
  }

  /**
   * Needs, of the rows that agree in a column, only the one of the newest partition. A warehouse
   * may leave out the others, where it can do so cheaply, and may give any of them.
   */
  public TableRead<T> newestOf(String column) {
    return new AutoValue_TableRead<>(table(), rowClass(), intervalOrNull(), column);
  }

  public Optional<DataInterval> interval() {
    return Optional.ofNullable(intervalOrNull());
  }

  public Optional<String> newestOf() {
    return Optional.ofNullable(newestOfOrNull());
  }
}
