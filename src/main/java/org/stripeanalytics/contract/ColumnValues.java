package org.stripeanalytics.contract;

import java.io.Serializable;
import java.time.LocalDate;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCodec;

/** Takes values out of the rows of a table by the names of columns, as contracts say them. */
public final class ColumnValues<T> implements Serializable {
  private final WarehouseTable<T> table;
  private transient RowCodec<T> codec;

  public ColumnValues(WarehouseTable<T> table) {
    this.table = table;
  }

  /** The encoded value. */
  public @Nullable Object value(T row, String column) {
    if (codec == null) {
      codec = RowCodec.of(table.rowClass());
    }
    return codec.get(row, codec.schema().indexOf(column));
  }

  /** Null too where no column is named. */
  public @Nullable String text(T row, @Nullable String column) {
    return column == null ? null : (String) value(row, column);
  }

  public LocalDate day(T row, String column) {
    return LocalDate.ofEpochDay((Long) value(row, column));
  }
}
