package org.stripeanalytics.ingestion.shapes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Looks at the members of JSON objects and fills in those that are absent; null is absent. */
final class Members {
  static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static boolean isThere(@Nullable JsonNode node) {
    return node != null && !node.isNull() && !node.isMissingNode();
  }

  static void fill(ObjectNode object, String name, @Nullable JsonNode value) {
    if (!isThere(object.get(name)) && isThere(value)) {
      object.set(name, value);
    }
  }

  static void fill(ObjectNode object, String name, String value) {
    fill(object, name, JSON.textNode(value));
  }

  static void fill(ObjectNode object, String name, long value) {
    fill(object, name, JSON.numberNode(value));
  }

  static void fill(ObjectNode object, String name, boolean value) {
    fill(object, name, JSON.booleanNode(value));
  }

  /** Writes a value as it is called today. */
  static void rename(ObjectNode object, String name, ImmutableMap<String, String> today) {
    String renamed = today.get(object.path(name).asText());
    if (renamed != null) {
      object.put(name, renamed);
    }
  }

  /** An id, or that of the object that is expanded in its place; null if there is neither. */
  static @Nullable String id(@Nullable JsonNode reference) {
    JsonNode id = reference != null && reference.isObject() ? reference.get("id") : reference;
    return id != null && id.isTextual() ? id.textValue() : null;
  }

  private Members() {}
}
