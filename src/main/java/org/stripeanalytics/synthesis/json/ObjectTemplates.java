package org.stripeanalytics.synthesis.json;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.MetadataEntry;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.synthesis.json.ObjectWriter.Member;
import org.stripeanalytics.synthesis.json.ObjectWriter.ValueWriter;

/**
 * Compiles {@code stripe-objects.json}. What stands there is written as it is, but for text that
 * begins with a sign:
 *
 * <ul>
 *   <li>{@code $a.b} is a column of the row, {@code ^a} of the row around it, {@code @a} of what is
 *       related to it; {@code :name} behind it says which template nested rows follow
 *   <li>{@code ?} at the end leaves the key out where the value is null
 *   <li>{@code %a} is a constant of the account
 *   <li>{@code {a}} inside text is replaced by a column
 * </ul>
 */
final class ObjectTemplates {
  private static final String FILE = "stripe-objects.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final JsonNode templates;
  private final Map<String, Object> constants;

  ObjectTemplates(Map<String, Object> constants) {
    this.constants = constants;
    try (InputStream file = ObjectTemplates.class.getResourceAsStream(FILE)) {
      templates = JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
  }

  ObjectWriter compile(String name, RowCodec<?> row, @Nullable RowCodec<?> parent) {
    checkArgument(templates.has(name), "%s has no template %s", FILE, name);
    return object((ObjectNode) templates.get(name), row, parent);
  }

  private ObjectWriter object(ObjectNode template, RowCodec<?> row, @Nullable RowCodec<?> parent) {
    List<Member> members = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    for (Map.Entry<String, JsonNode> entry : template.properties()) {
      String key = '"' + entry.getKey() + "\":";
      JsonNode value = resolved(entry.getValue());
      if (isConstant(value)) {
        run.append(run.length() == 0 ? "" : ",").append(key).append(value);
        continue;
      }
      if (run.length() > 0) {
        members.add(new Member(run.toString(), null, null));
        run.setLength(0);
      }
      boolean optional = value.isTextual() && value.textValue().endsWith("?");
      String text = optional ? dropLast(value.textValue()) : value.textValue();
      members.add(
          value.isObject()
              ? new Member(key, object((ObjectNode) value, row, parent)::write, null)
              : value.isArray()
                  ? new Member(key, singleton(value, row, parent), null)
                  : new Member(
                      key,
                      text(text, row, parent),
                      optional ? Value.of(path(text), row, parent) : null));
    }
    if (run.length() > 0) {
      members.add(new Member(run.toString(), null, null));
    }
    return new ObjectWriter(members);
  }

  private JsonNode resolved(JsonNode value) {
    if (value.isTextual() && value.textValue().startsWith("%")) {
      String name = value.textValue().substring(1);
      checkArgument(constants.containsKey(name), "the account has no %s", name);
      return JSON.valueToTree(constants.get(name));
    }
    return value;
  }

  private boolean isConstant(JsonNode value) {
    if (value.isTextual()) {
      String text = value.textValue();
      return text.isEmpty() || ("$^@".indexOf(text.charAt(0)) < 0 && text.indexOf('{') < 0);
    }
    for (JsonNode child : value) {
      if (!isConstant(child)) {
        return false;
      }
    }
    return true;
  }

  private ValueWriter singleton(JsonNode list, RowCodec<?> row, @Nullable RowCodec<?> parent) {
    checkArgument(list.size() == 1, "a list that is no constant has one entry: %s", list);
    ValueWriter element = text(list.get(0).textValue(), row, parent);
    return (scope, json) -> {
      json.raw('[');
      element.write(scope, json);
      json.raw(']');
    };
  }

  private ValueWriter text(String text, RowCodec<?> row, @Nullable RowCodec<?> parent) {
    int brace = text.indexOf('{');
    if (brace >= 0) {
      return between(text, brace, row, parent);
    }
    Value value = Value.of(path(text), row, parent);
    int colon = text.indexOf(':');
    if (colon < 0) {
      return nullable(value, printer(value.type()));
    }
    RowCodec<?> rows = value.rows();
    checkArgument(rows != null, "%s leads to no rows", text);
    ObjectWriter nested = compile(text.substring(colon + 1), rows, row);
    return (scope, json) -> write(value.in(scope), nested, scope, json);
  }

  private static void write(
      @Nullable Object value, ObjectWriter nested, Scope scope, JsonBytes json) {
    if (value == null) {
      json.nothing();
    } else if (value instanceof List<?> list) {
      json.raw('[');
      for (Object element : list) {
        if (!json.isFresh()) {
          json.raw(',');
        }
        nested.write(new Scope(element, scope.row(), scope.related()), json);
      }
      json.raw(']');
    } else {
      nested.write(new Scope(value, scope.row(), scope.related()), json);
    }
  }

  /** Text with a column inside. */
  private static ValueWriter between(
      String text, int brace, RowCodec<?> row, @Nullable RowCodec<?> parent) {
    int close = text.indexOf('}', brace);
    Value value = Value.of("$" + text.substring(brace + 1, close), row, parent);
    String before = text.substring(0, brace);
    String behind = text.substring(close + 1);
    return (scope, json) -> json.string(before + value.in(scope) + behind);
  }

  private static ValueWriter nullable(Value value, Printer printer) {
    return (scope, json) -> {
      Object found = value.in(scope);
      if (found == null) {
        json.nothing();
      } else {
        printer.print(found, json);
      }
    };
  }

  /** A path through a list leads to several values. */
  private static Printer printer(@Nullable FieldType type) {
    Printer one = scalar(type);
    return (value, json) -> {
      if (value instanceof List<?> list && type.getCollectionElementType() == null) {
        printList(list, one, json);
      } else {
        one.print(value, json);
      }
    };
  }

  private static Printer scalar(@Nullable FieldType type) {
    checkArgument(type != null, "a row needs a template");
    return switch (type.getTypeName()) {
      case STRING -> (value, json) -> json.string((String) value);
      case INT64 -> (value, json) -> json.number((Long) value);
      case BOOLEAN -> (value, json) -> json.bool((Boolean) value);
      case DECIMAL ->
          (value, json) -> json.raw(((BigDecimal) value).stripTrailingZeros().toPlainString());
      case LOGICAL_TYPE ->
          type.getLogicalType().getIdentifier().contains("date")
              ? (value, json) -> json.string(LocalDate.ofEpochDay((Long) value).toString())
              : (value, json) -> json.number((Long) value / MICROS_PER_SECOND);
      case ARRAY, ITERABLE ->
          type.getCollectionElementType().getTypeName() == TypeName.ROW
              ? (value, json) -> printMetadata((List<?>) value, json)
              : (value, json) ->
                  printList((List<?>) value, scalar(type.getCollectionElementType()), json);
      default -> throw new IllegalArgumentException("no JSON for " + type);
    };
  }

  private static void printList(List<?> list, Printer element, JsonBytes json) {
    json.raw('[');
    for (Object value : list) {
      if (!json.isFresh()) {
        json.raw(',');
      }
      element.print(value, json);
    }
    json.raw(']');
  }

  private static void printMetadata(List<?> entries, JsonBytes json) {
    json.raw('{');
    for (Object entry : entries) {
      if (!json.isFresh()) {
        json.raw(',');
      }
      MetadataEntry pair = (MetadataEntry) entry;
      json.string(pair.getKey()).raw(':').string(pair.getValue());
    }
    json.raw('}');
  }

  private static String path(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? text : text.substring(0, colon);
  }

  private static String dropLast(String text) {
    return text.substring(0, text.length() - 1);
  }

  private interface Printer {
    void print(Object value, JsonBytes json);
  }
}
