package org.stripeanalytics.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** An object of which only the JSON is given, in one state from its creation on. */
public record JsonObject(JsonNode node) implements AccountObject {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Single quotes stand for double ones. */
  public static JsonObject of(String json) {
    try {
      return new JsonObject(JSON.readTree(json.replace('\'', '"')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String id() {
    return node.get("id").asText();
  }

  @Override
  public String type() {
    return node.get("object").asText();
  }

  @Override
  public long created() {
    return node.path("created").asLong();
  }

  @Override
  public boolean isThere(Instant now) {
    return created() <= now.getEpochSecond();
  }

  @Override
  public boolean isDeleted(Instant now) {
    return node.path("deleted").asBoolean();
  }

  @Override
  public @Nullable String value(String name, Instant now) {
    return node.path(name).isValueNode() && !node.path(name).isNull()
        ? node.path(name).asText()
        : null;
  }

  @Override
  public Set<String> values(String name) {
    String value = value(name, Instant.EPOCH);
    return value == null ? ImmutableSet.of() : ImmutableSet.of(value);
  }

  @Override
  public byte[] json(Instant now) {
    return node.toString().getBytes(UTF_8);
  }
}
