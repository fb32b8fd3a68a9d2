package org.stripeanalytics.model.schema;

import static java.util.stream.Collectors.toList;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.FieldValueGetter;
import org.apache.beam.sdk.schemas.FieldValueTypeInformation;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.LogicalType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.beam.sdk.schemas.SchemaUserTypeCreator;
import org.apache.beam.sdk.schemas.logicaltypes.Date;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Beam's AutoValue schemas, taught {@code java.time}: a {@link LocalDate} is a DATE and an {@link
 * Instant} a TIMESTAMP with microseconds, at any depth. Fields stand in alphabetical order, because
 * reflection promises none. Row classes have {@code getX} and {@code setX} methods; others Beam
 * does not see. Nothing but {@link RowCodec} asks for it: what crosses between steps is not a
 * {@code Row}.
 */
public final class RowSchema extends AutoValueSchema {
  /** Beam generates a class for each creator that it is asked for, and asks once per coder. */
  private static final Map<RowType, SchemaUserTypeCreator> CREATORS = new ConcurrentHashMap<>();

  private record RowType(TypeDescriptor<?> type, Schema schema) {}

  @Override
  public <T> Schema schemaFor(TypeDescriptor<T> type) {
    return withJavaTime(type, super.schemaFor(type));
  }

  /**
   * Beam wants a logical field's getter to return what the field is encoded as. It would generate a
   * class for each getter, and with the rows of all tables that takes longer than a small run.
   */
  @Override
  public <T> List<FieldValueGetter<T, Object>> fieldValueGetters(
      TypeDescriptor<T> type, Schema schema) {
    return fieldValueTypeInformations(type, schema).stream()
        .map(
            field ->
                (FieldValueGetter<T, Object>)
                    new EncodingGetter<T>(field.getName(), MethodFunction.of(field.getMethod())))
        .collect(toList());
  }

  /** And it hands the creator what the field is encoded as. */
  @Override
  public SchemaUserTypeCreator schemaTypeCreator(TypeDescriptor<?> type, Schema schema) {
    return CREATORS.computeIfAbsent(new RowType(type, schema), absent -> newCreator(type, schema));
  }

  private SchemaUserTypeCreator newCreator(TypeDescriptor<?> type, Schema schema) {
    SchemaUserTypeCreator creator = super.schemaTypeCreator(type, schema);
    LogicalType<?, ?>[] logicalTypes =
        schema.getFields().stream()
            .map(field -> field.getType().getLogicalType())
            .toArray(LogicalType[]::new);
    return encoded -> creator.create(decode(encoded, logicalTypes));
  }

  private static Object[] decode(Object[] encoded, LogicalType<?, ?>[] logicalTypes) {
    Object[] values = encoded.clone();
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Long number && logicalTypes[i] instanceof EpochMicros) {
        values[i] = EpochMicros.toInstant(number);
      } else if (values[i] instanceof Long number && logicalTypes[i] instanceof Date) {
        values[i] = LocalDate.ofEpochDay(number);
      }
    }
    return values;
  }

  private Schema withJavaTime(TypeDescriptor<?> type, Schema inferred) {
    List<FieldValueTypeInformation> members = fieldValueTypeInformations(type, inferred);
    Schema.Builder schema = Schema.builder();
    IntStream.range(0, inferred.getFieldCount())
        .mapToObj(i -> withJavaTime(members.get(i), inferred.getField(i)))
        .sorted(Comparator.comparing(Field::getName))
        .forEach(schema::addField);
    return schema.setOptions(inferred.getOptions()).build();
  }

  private Field withJavaTime(FieldValueTypeInformation member, Field field) {
    return field.withType(withJavaTime(member.getType(), field.getType()));
  }

  private FieldType withJavaTime(TypeDescriptor<?> member, FieldType inferred) {
    if (member.getRawType() == LocalDate.class) {
      return FieldType.logicalType(SqlTypes.DATE).withNullable(inferred.getNullable());
    }
    if (member.getRawType() == Instant.class) {
      return FieldType.logicalType(new EpochMicros()).withNullable(inferred.getNullable());
    }
    if (inferred.getTypeName() == TypeName.ROW) {
      return FieldType.row(withJavaTime(member, inferred.getRowSchema()))
          .withNullable(inferred.getNullable());
    }
    if (inferred.getTypeName() == TypeName.ARRAY || inferred.getTypeName() == TypeName.ITERABLE) {
      TypeDescriptor<?> element = member.resolveType(member.getRawType().getTypeParameters()[0]);
      return FieldType.array(withJavaTime(element, inferred.getCollectionElementType()))
          .withNullable(inferred.getNullable());
    }
    return inferred;
  }

  private record EncodingGetter<T>(String name, Function<T, Object> getter)
      implements FieldValueGetter<T, Object> {

    @Override
    public @Nullable Object get(T row) {
      Object value = getter.apply(row);
      if (value instanceof LocalDate date) {
        return date.toEpochDay();
      }
      if (value instanceof Enum<?> constant) {
        return constant.ordinal();
      }
      return value instanceof Instant instant ? (Object) EpochMicros.of(instant) : value;
    }

    @Override
    public @Nullable Object getRaw(T row) {
      return getter.apply(row);
    }
  }
}
