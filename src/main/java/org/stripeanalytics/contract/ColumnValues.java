package org.stripeanalytics.contract;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.EpochMicros;
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

  /** Of any type, as it is written; null too where no column is named. */
  public @Nullable String text(T row, @Nullable String column) {
    Object value = column == null ? null : value(row, column);
    return value == null ? null : value.toString();
  }

  /** Null too where no column is named. */
  public @Nullable BigDecimal number(T row, @Nullable String column) {
    return column == null ? null : (BigDecimal) value(row, column);
  }

  /** False where nothing says that it is so. */
  public boolean isTrue(T row, @Nullable String column) {
    return column != null && Boolean.TRUE.equals(value(row, column));
  }

  public LocalDate day(T row, String column) {
    return LocalDate.ofEpochDay((Long) value(row, column));
  }

  /** The day of a date, or the one in a zone on which a moment falls. */
  public @Nullable LocalDate day(T row, String column, ZoneId zone) {
    Long value = (Long) value(row, column);
    if (value == null) {
      return null;
    }
    return isDate(column)
        ? LocalDate.ofEpochDay(value)
        : LocalDate.ofInstant(EpochMicros.toInstant(value), zone);
  }

  private boolean isDate(String column) {
    return table.contract().columns().stream()
        .anyMatch(field -> field.getName().equals(column) && field.getType().equals("DATE"));
  }
}
