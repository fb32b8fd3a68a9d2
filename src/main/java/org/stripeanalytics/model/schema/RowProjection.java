package org.stripeanalytics.model.schema;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Narrows rows of one class to those of another whose columns are some of the first one's, with the
 * same names and types, as a warehouse does when it reads a projection. Nested rows are narrowed
 * likewise. Not thread-safe.
 */
public final class RowProjection<F, T> implements Serializable {
  private final Class<F> from;
  private final Class<T> to;
  private transient @Nullable Narrowing narrowing;

  private RowProjection(Class<F> from, Class<T> to) {
    this.from = from;
    this.to = to;
  }

  /**
   * @param from the wider rows
   * @param to has only columns of {@code from}
   */
  public static <F, T> RowProjection<F, T> of(Class<F> from, Class<T> to) {
    return new RowProjection<>(from, to);
  }

  @SuppressWarnings("unchecked")
  public T of(F row) {
    if (narrowing == null) {
      narrowing = new Narrowing(RowCodec.of(from), RowCodec.of(to));
    }
    return (T) narrowing.of(row);
  }

  /** By the columns' places, which are looked up once. */
  private static final class Narrowing {
    private final RowCodec<Object> from;
    private final RowCodec<?> to;
    private final int[] places;
    private final @Nullable Narrowing[] nested;

    @SuppressWarnings("unchecked")
    Narrowing(RowCodec<?> from, RowCodec<?> to) {
      this.from = (RowCodec<Object>) from;
      this.to = to;
      List<Schema.Field> fields = to.schema().getFields();
      this.places = fields.stream().mapToInt(f -> from.schema().indexOf(f.getName())).toArray();
      this.nested = new Narrowing[fields.size()];
      for (int i = 0; i < fields.size(); i++) {
        Schema.FieldType type = fields.get(i).getType();
        Schema.FieldType element = type.getCollectionElementType();
        if ((element == null ? type : element).getTypeName() == Schema.TypeName.ROW) {
          nested[i] = new Narrowing(from.nested(places[i]), to.nested(i));
        }
      }
    }

    Object of(Object row) {
      Object[] values = new Object[places.length];
      for (int i = 0; i < places.length; i++) {
        values[i] = value(nested[i], from.get(row, places[i]));
      }
      return to.create(values);
    }

    private static @Nullable Object value(@Nullable Narrowing nested, @Nullable Object value) {
      if (nested == null || value == null) {
        return value;
      }
      if (value instanceof Iterable<?> elements) {
        List<Object> narrowed = new ArrayList<>();
        elements.forEach(element -> narrowed.add(nested.of(element)));
        return narrowed;
      }
      return nested.of(value);
    }
  }
}
