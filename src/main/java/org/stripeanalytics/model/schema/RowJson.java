package org.stripeanalytics.model.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Rows of one class as JSON that a person can read, and back: timestamps and dates in ISO 8601,
 * decimals as strings. What is null, an empty list, or a required zero or false is left out, so the
 * text is as short as the row is sparse. Fields stand in the order of the schema, so equal rows
 * have equal texts.
 */
public final class RowJson<T> {
  private static final JsonFactory JSON = new JsonFactory();

  private final RowCodec<T> codec;
  private final boolean isComplete;
  private final RowJson<?>[] nested;

  private RowJson(RowCodec<T> codec, boolean isComplete) {
    this.codec = codec;
    this.isComplete = isComplete;
    this.nested =
        codec.schema().getFields().stream()
            .map(field -> holdsRows(field.getType()) ? nestedOf(field) : null)
            .toArray(RowJson<?>[]::new);
  }

  public static <T> RowJson<T> of(Class<T> rowClass) {
    return new RowJson<>(RowCodec.of(rowClass), false);
  }

  /** The same, but what is an empty list, zero or false is written: only null is left out. */
  public static <T> RowJson<T> complete(RowCodec<T> codec) {
    return new RowJson<>(codec, true);
  }

  private RowJson<?> nestedOf(Field field) {
    return new RowJson<>(codec.nested(codec.schema().indexOf(field.getName())), isComplete);
  }

  public String write(T row) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      writeRow(row, json);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + row + " as JSON", e);
    }
    return text.toString();
  }

  /**
   * @throws IllegalArgumentException when the text is not what {@link #write} gives
   */
  public T read(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      return readRow(json);
    } catch (IOException | DateTimeParseException e) {
      throw new IllegalArgumentException("this is no " + codec.schema() + ": " + text, e);
    }
  }

  /**
   * Writes the value of one field alone.
   *
   * @param value as {@link RowCodec} encodes it, not null
   */
  public String writeField(int field, Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      writeValue(value, codec.schema().getField(field).getType(), field, json);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + value + " as JSON", e);
    }
    return text.toString();
  }

  /**
   * Reads the value of one field alone.
   *
   * @throws IllegalArgumentException when the text is not what {@link #writeField} gives
   */
  public @Nullable Object readField(int field, String text) {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      return readValue(codec.schema().getField(field).getType(), field, json);
    } catch (IOException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          "this is no " + codec.schema().getField(field) + ": " + text, e);
    }
  }

  private void writeRow(T row, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < nested.length; i++) {
      Object value = codec.get(row, i);
      if (!isAbsent(value, codec.schema().getField(i).getType())) {
        json.writeFieldName(codec.schema().getField(i).getName());
        writeValue(value, codec.schema().getField(i).getType(), i, json);
      }
    }
    json.writeEndObject();
  }

  /** Nothing is lost by leaving it out: reading puts the same value in its place. */
  private boolean isAbsent(@Nullable Object value, FieldType type) {
    return value == null || (!isComplete && value.equals(whenAbsent(type)));
  }

  private static @Nullable Object whenAbsent(FieldType type) {
    if (isList(type)) {
      return List.of();
    }
    if (type.getNullable()) {
      return null;
    }
    return switch (type.getTypeName()) {
      case INT64 -> 0L;
      case BOOLEAN -> false;
      default -> null;
    };
  }

  private void writeValue(Object value, FieldType type, int field, JsonGenerator json)
      throws IOException {
    switch (type.getTypeName()) {
      case STRING -> json.writeString((String) value);
      case INT64 -> json.writeNumber((Long) value);
      case BOOLEAN -> json.writeBoolean((Boolean) value);
      case DECIMAL -> json.writeString(((BigDecimal) value).toPlainString());
      case LOGICAL_TYPE -> json.writeString(written(type, (Long) value));
      case ROW -> writeNested(nested[field], value, json);
      case ARRAY, ITERABLE -> {
        json.writeStartArray();
        for (Object element : (List<?>) value) {
          writeValue(element, type.getCollectionElementType(), field, json);
        }
        json.writeEndArray();
      }
      default -> throw new IllegalArgumentException("no row holds a " + type);
    }
  }

  @SuppressWarnings("unchecked")
  private static <N> void writeNested(RowJson<N> rows, Object value, JsonGenerator json)
      throws IOException {
    rows.writeRow((N) value, json);
  }

  private T readRow(JsonParser json) throws IOException {
    Object[] values = new Object[nested.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = whenAbsent(codec.schema().getField(i).getType());
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.getCurrentName();
      json.nextToken();
      if (!codec.schema().hasField(name)) {
        // A projection has only some of the fields.
        json.skipChildren();
        continue;
      }
      int field = codec.schema().indexOf(name);
      values[field] = readValue(codec.schema().getField(field).getType(), field, json);
    }
    return codec.create(values);
  }

  private @Nullable Object readValue(FieldType type, int field, JsonParser json)
      throws IOException {
    return switch (type.getTypeName()) {
      case STRING -> json.getText();
      case INT64 -> json.getLongValue();
      case BOOLEAN -> json.getBooleanValue();
      case DECIMAL -> new BigDecimal(json.getText());
      case LOGICAL_TYPE -> encoded(type, json.getText());
      case ROW -> nested[field].readRow(json);
      case ARRAY, ITERABLE -> {
        List<Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          elements.add(readValue(type.getCollectionElementType(), field, json));
        }
        yield List.copyOf(elements);
      }
      default -> throw new IllegalArgumentException("no row holds a " + type);
    };
  }

  private static String written(FieldType type, long encoded) {
    return isTimestamp(type)
        ? EpochMicros.toInstant(encoded).toString()
        : LocalDate.ofEpochDay(encoded).toString();
  }

  private static long encoded(FieldType type, String written) {
    return isTimestamp(type)
        ? EpochMicros.of(java.time.Instant.parse(written))
        : LocalDate.parse(written).toEpochDay();
  }

  private static boolean isTimestamp(FieldType type) {
    return type.getLogicalType() instanceof EpochMicros;
  }

  private static boolean holdsRows(FieldType type) {
    return type.getTypeName() == TypeName.ROW
        || (isList(type) && type.getCollectionElementType().getTypeName() == TypeName.ROW);
  }

  private static boolean isList(FieldType type) {
    return type.getTypeName() == TypeName.ARRAY || type.getTypeName() == TypeName.ITERABLE;
  }
}
