package org.stripeanalytics.warehouse.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Builds rows of one class from Arrow batches. An instance belongs to the vectors of one reader,
 * which Arrow fills anew with every batch.
 */
final class ArrowRows<T> {
  private final RowCodec<T> codec;
  private final Values[] fields;

  private ArrowRows(RowCodec<T> codec, List<? extends FieldVector> vectors) {
    this.codec = codec;
    this.fields = new Values[vectors.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = valuesOf(vectors.get(i), codec, i);
    }
  }

  /** The root's columns must be the codec's fields, in their order. */
  static <T> ArrowRows<T> of(RowCodec<T> codec, VectorSchemaRoot root) {
    return new ArrowRows<>(codec, root.getFieldVectors());
  }

  T get(int row) {
    Object[] values = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      values[i] = fields[i].get(row);
    }
    return codec.create(values);
  }

  private static Values valuesOf(FieldVector vector, RowCodec<?> codec, int field) {
    if (vector instanceof VarCharVector v) {
      return i -> v.isNull(i) ? null : new String(v.get(i), UTF_8);
    }
    if (vector instanceof BigIntVector v) {
      return i -> v.isNull(i) ? null : (Long) v.get(i);
    }
    if (vector instanceof TimeStampMicroVector v) {
      return i -> v.isNull(i) ? null : (Long) v.get(i);
    }
    if (vector instanceof DateDayVector v) {
      return i -> v.isNull(i) ? null : (Long) (long) v.get(i);
    }
    if (vector instanceof BitVector v) {
      return i -> v.isNull(i) ? null : (Boolean) (v.get(i) != 0);
    }
    if (vector instanceof DecimalVector v) {
      return v::getObject;
    }
    if (vector instanceof ListVector v) {
      return listOf(v, valuesOf(v.getDataVector(), codec, field));
    }
    if (vector instanceof StructVector v) {
      return rowOf(v, codec.nested(field));
    }
    throw new IllegalArgumentException(
        "no row class has a field for " + vector.getField() + " of " + codec.schema());
  }

  private static Values listOf(ListVector list, Values elements) {
    return i -> {
      if (list.isNull(i)) {
        // No row has a list that is null: the list is newer than the record that holds it.
        return ImmutableList.of();
      }
      int start = list.getElementStartIndex(i);
      Object[] items = new Object[list.getElementEndIndex(i) - start];
      for (int k = 0; k < items.length; k++) {
        items[k] = elements.get(start + k);
      }
      return Arrays.asList(items);
    };
  }

  private static <N> Values rowOf(StructVector struct, RowCodec<N> codec) {
    List<FieldVector> children =
        codec.schema().getFieldNames().stream()
            .map(name -> struct.getChild(name, FieldVector.class))
            .toList();
    ArrowRows<N> rows = new ArrowRows<>(codec, children);
    return i -> struct.isNull(i) ? null : rows.get(i);
  }

  private interface Values {
    @Nullable Object get(int row);
  }
}
