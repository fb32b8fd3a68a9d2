package org.stripeanalytics.warehouse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCodec;

/** Builds the rows of a class from the answer to a query that selects its columns by name. */
final class AnsweredRows {
  private AnsweredRows() {}

  static <T> ImmutableList<T> of(QueryResult answer, RowCodec<T> codec) {
    ImmutableList.Builder<T> rows = ImmutableList.builder();
    for (List<Object> values : answer.rows()) {
      Map<String, Object> row = new HashMap<>();
      for (int i = 0; i < values.size(); i++) {
        row.put(answer.columns().get(i), values.get(i));
      }
      rows.add(row(row, codec));
    }
    return rows.build();
  }

  private static <T> T row(Map<?, ?> answered, RowCodec<T> codec) {
    Object[] values = new Object[codec.schema().getFieldCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(answered.get(codec.schema().getField(i).getName()), codec, i);
    }
    return codec.create(values);
  }

  /** A value as {@link RowCodec} encodes it. */
  private static @Nullable Object value(@Nullable Object answered, RowCodec<?> codec, int field) {
    if (answered instanceof LocalDate day) {
      return day.toEpochDay();
    }
    if (answered instanceof Instant time) {
      return EpochMicros.of(time);
    }
    if (answered instanceof List<?> list) {
      return Arrays.asList(Lists.transform(list, item -> value(item, codec, field)).toArray());
    }
    if (answered instanceof Map<?, ?> nested) {
      return row(nested, codec.nested(field));
    }
    return answered;
  }
}
