package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.quality.RejectionRule;

/**
 * Reads rows of one class from JSON whose members are named and nested like its columns. Members
 * that are no columns are passed over. Stripe's ways of writing a value are known for every column:
 * an object that is expanded where its id would do, a list response where an array would do, an
 * object of records by the first column of each, and {@code metadata} as an object of its pairs.
 */
final class RowReader<T> {
  private static final ImmutableSet<String> METADATA_ENTRY = ImmutableSet.of("key", "value");

  private final RowCodec<T> codec;
  private final String[] names;
  private final FieldReader[] readers;

  private RowReader(RowCodec<T> codec, String prefix) {
    Schema schema = codec.schema();
    this.codec = codec;
    this.names = new String[schema.getFieldCount()];
    this.readers = new FieldReader[schema.getFieldCount()];
    for (int i = 0; i < names.length; i++) {
      Field field = schema.getField(i);
      names[i] = field.getName();
      readers[i] = reader(codec, i, field.getType(), prefix + field.getName());
    }
  }

  static <T> RowReader<T> of(Class<T> rowClass) {
    return new RowReader<>(RowCodec.of(rowClass), "");
  }

  /**
   * Reads a row.
   *
   * @param given values of columns that are never read from the JSON, encoded as {@link RowCodec}
   *     wants them; null where they have none
   * @throws UnreadableValueException naming the first column whose value is missing or of another
   *     type
   */
  T read(JsonNode object, Map<String, @Nullable Object> given) throws UnreadableValueException {
    Object[] values = new Object[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] =
          given.containsKey(names[i]) ? given.get(names[i]) : readers[i].read(object.get(names[i]));
    }
    return codec.create(values);
  }

  private static FieldReader reader(RowCodec<?> codec, int field, FieldType type, String path) {
    if (type.getTypeName() == TypeName.ARRAY || type.getTypeName() == TypeName.ITERABLE) {
      FieldType element = type.getCollectionElementType();
      return element.getTypeName() == TypeName.ROW
              && ImmutableSet.copyOf(element.getRowSchema().getFieldNames()).equals(METADATA_ENTRY)
          ? pairs(codec.nested(field), path)
          : elements(
              present(codec, field, element, path),
              recordsByKey(codec, field, element, path),
              path);
    }
    FieldReader present = present(codec, field, type, path);
    boolean nullable = type.getNullable();
    boolean record = type.getTypeName() == TypeName.ROW;
    return node -> {
      if (node != null && record && isEmpty(node)) {
        return nullable ? null : present.read(JsonNodeFactory.instance.objectNode());
      }
      if (node != null && !node.isNull()) {
        return present.read(node);
      }
      if (nullable) {
        return null;
      }
      throw new UnreadableValueException(
          path.equals("id") ? RejectionRule.MISSING_ID : RejectionRule.MISSING_FIELD,
          path + " is missing");
    };
  }

  /** Reads a value that is there. */
  private static FieldReader present(RowCodec<?> codec, int field, FieldType type, String path) {
    if (type.getTypeName() == TypeName.ROW) {
      RowReader<?> nested = new RowReader<>(codec.nested(field), path + ".");
      return node -> {
        if (!node.isObject()) {
          throw ValueReaders.wrongType(path, node, "an object");
        }
        return nested.read(node, Map.of());
      };
    }
    return ValueReaders.of(type, path);
  }

  private static FieldReader elements(
      FieldReader element, @Nullable FieldReader byKey, String path) {
    return node -> {
      if (node == null || node.isNull()) {
        return List.of();
      }
      if (byKey != null && node.isObject() && !node.has("data")) {
        return byKey.read(node);
      }
      JsonNode array = node.isObject() && node.path("data").isArray() ? node.get("data") : node;
      if (!array.isArray()) {
        throw ValueReaders.wrongType(path, node, "an array");
      }
      List<Object> values = new ArrayList<>(array.size());
      for (JsonNode item : array) {
        values.add(element.read(item));
      }
      return values;
    };
  }

  /**
   * Reads an object whose members are records, as {@code currency_options} has them by currency:
   * the name of each is the first column of its record. Null for elements that are no records.
   */
  private static @Nullable FieldReader recordsByKey(
      RowCodec<?> codec, int field, FieldType element, String path) {
    if (element.getTypeName() != TypeName.ROW) {
      return null;
    }
    RowReader<?> record = new RowReader<>(codec.nested(field), path + ".");
    String key = record.names[0];
    return node -> {
      List<Object> records = new ArrayList<>(node.size());
      for (Iterator<Map.Entry<String, JsonNode>> members = node.fields(); members.hasNext(); ) {
        Map.Entry<String, JsonNode> member = members.next();
        if (!member.getValue().isObject()) {
          throw ValueReaders.wrongType(path, node, "an array");
        }
        records.add(record.read(member.getValue(), Map.of(key, member.getKey())));
      }
      return records;
    };
  }

  /**
   * An object's members as a list of keys with their values, in the order of the JSON. A null
   * unsets its key, as it does when Stripe is sent one.
   */
  private static FieldReader pairs(RowCodec<?> entry, String path) {
    int key = entry.schema().indexOf("key");
    int value = entry.schema().indexOf("value");
    return node -> {
      if (node == null || node.isNull() || isEmpty(node)) {
        return List.of();
      }
      if (!node.isObject()) {
        throw ValueReaders.wrongType(path, node, "an object");
      }
      List<Object> pairs = new ArrayList<>(node.size());
      for (Iterator<Map.Entry<String, JsonNode>> members = node.fields(); members.hasNext(); ) {
        Map.Entry<String, JsonNode> member = members.next();
        if (!member.getValue().isNull()) {
          Object[] pair = new Object[2];
          pair[key] = member.getKey();
          pair[value] = ValueReaders.metadata(member.getValue(), path + "." + member.getKey());
          pairs.add(entry.create(pair));
        }
      }
      return pairs;
    };
  }

  /**
   * Languages that have one type for lists and maps write an empty map as an empty list; forms
   * write what is unset as an empty text.
   */
  private static boolean isEmpty(JsonNode node) {
    return (node.isArray() && node.isEmpty()) || (node.isTextual() && node.textValue().isEmpty());
  }

  /** Reads the value of one member; the node is null where there is no such member. */
  interface FieldReader {
    @Nullable Object read(@Nullable JsonNode node) throws UnreadableValueException;
  }
}
