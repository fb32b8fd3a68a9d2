package org.stripeanalytics.model.schema;

import com.google.common.collect.ImmutableList;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.FieldValueGetter;
import org.apache.beam.sdk.schemas.FieldValueTypeInformation;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaUserTypeCreator;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Takes the rows of one class apart and builds them again, field by field in the order of their
 * Beam schema, with accessors that are generated once per class: nothing is looked up or reflected
 * per row, and no {@code Row} stands in between. It is for adapters that move millions of rows;
 * everything else uses the schema's coder.
 *
 * <p>Values are encoded: a date is a {@code Long} of days since the epoch, a timestamp a {@code
 * Long} of microseconds, a nested row an object of its own class, a repeated field a {@code List}.
 */
public final class RowCodec<T> {
  /** Beam generates a creator anew whenever it is asked for one. */
  private static final ClassValue<RowCodec<?>> CODECS =
      new ClassValue<>() {
        @Override
        protected RowCodec<?> computeValue(Class<?> rowClass) {
          return new RowCodec<>(rowClass);
        }
      };

  private final Schema schema;
  private final ImmutableList<FieldValueGetter<T, Object>> getters;
  private final SchemaUserTypeCreator creator;
  private final @Nullable RowCodec<?>[] nested;

  private RowCodec(Class<T> rowClass) {
    RowSchema provider = new RowSchema();
    TypeDescriptor<T> type = TypeDescriptor.of(rowClass);
    this.schema = provider.schemaFor(type);
    this.getters = ImmutableList.copyOf(provider.fieldValueGetters(type, schema));
    this.creator = provider.schemaTypeCreator(type, schema);
    this.nested =
        provider.fieldValueTypeInformations(type, schema).stream()
            .map(RowCodec::nestedIn)
            .toArray(RowCodec<?>[]::new);
  }

  @SuppressWarnings("unchecked")
  public static <T> RowCodec<T> of(Class<T> rowClass) {
    return (RowCodec<T>) CODECS.get(rowClass);
  }

  public Schema schema() {
    return schema;
  }

  public @Nullable Object get(T row, int field) {
    return getters.get(field).get(row);
  }

  /** The codec of a nested row, or of the elements of a list of them. */
  public RowCodec<?> nested(int field) {
    RowCodec<?> codec = nested[field];
    if (codec == null) {
      throw new IllegalArgumentException(schema.getField(field) + " holds no nested row");
    }
    return codec;
  }

  /** Builds a row from the encoded values of all its fields. */
  @SuppressWarnings("unchecked")
  public T create(Object[] values) {
    return (T) creator.create(values);
  }

  private static @Nullable RowCodec<?> nestedIn(FieldValueTypeInformation field) {
    FieldValueTypeInformation element = field.getElementType();
    Class<?> type = element == null ? field.getRawType() : element.getRawType();
    return isRowClass(type) ? of(type) : null;
  }

  private static boolean isRowClass(Class<?> type) {
    return type.isAnnotationPresent(DefaultCoder.class);
  }
}
