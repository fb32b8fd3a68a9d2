package org.stripeanalytics.ingestion;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Quality.LaterBy;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.RowCodec;

/** Takes rows of one raw table apart and puts them together. Not thread-safe. */
final class TableRows<T> {
  private final String table;
  private final RowCodec<T> codec;
  private final Coder<T> coder;
  private final ImmutableList<LaterBy> laterBy;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private TableRows(WarehouseTable<T> table) {
    this.table = table.name();
    this.codec = RowCodec.of(table.rowClass());
    this.coder = table.coder();
    this.laterBy = ImmutableList.copyOf(table.contract().quality().laterBy());
  }

  static <T> TableRows<T> of(WarehouseTable<T> table) {
    return new TableRows<>(table);
  }

  T decode(byte[] encoded) {
    try {
      return coder.decode(new ByteArrayInputStream(encoded));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot decode a row of " + table, e);
    }
  }

  byte[] encode(T row) {
    bytes.reset();
    try {
      coder.encode(row, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode a row of " + table, e);
    }
    return bytes.toByteArray();
  }

  /** The value of a column, as {@link RowCodec} gives it. */
  @Nullable Object get(T row, String column) {
    return codec.get(row, codec.schema().indexOf(column));
  }

  /** The same by the column's place in the schema. */
  @Nullable Object get(T row, int field) {
    return codec.get(row, field);
  }

  int indexOf(String column) {
    return codec.schema().indexOf(column);
  }

  /** The codec of the records in a column. */
  RowCodec<?> nested(String column) {
    return codec.nested(codec.schema().indexOf(column));
  }

  /** The same row with other values in some columns. */
  T with(T row, Map<String, ? extends @Nullable Object> values) {
    Object[] fields = new Object[codec.schema().getFieldCount()];
    Arrays.setAll(fields, i -> codec.get(row, i));
    values.forEach((column, value) -> fields[codec.schema().indexOf(column)] = value);
    return codec.create(fields);
  }

  /** How far a row's state has come, term by term of the contract's {@code laterBy}. */
  long[] progress(T row) {
    return laterBy.stream().mapToLong(term -> progress(term, get(row, term.column()))).toArray();
  }

  private static long progress(LaterBy term, @Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    return value instanceof String text ? term.stageOf(text) : term.values().isEmpty() ? 0 : -1;
  }
}
