package org.stripeanalytics.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Compares a row with the JSON that it was made of, value by value, where both have the name. */
final class StoredValues {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** What an event that reports a deletion makes of its object's last state. */
  private static final Set<String> OF_DELETIONS = Set.of("active", "valid", "deleted");

  /** The first difference; null if there is none. */
  static @Nullable String difference(String row, String payload) {
    try {
      JsonNode stored = JSON.readTree(row);
      JsonNode delivered = JSON.readTree(payload);
      String text = delivered.toString();
      if (!new String(text.getBytes(UTF_8), UTF_8).equals(text)) {
        return "half a character";
      }
      for (Map.Entry<String, JsonNode> column : stored.properties()) {
        JsonNode value = delivered.get(column.getKey());
        boolean compared =
            value != null && !value.isNull() && !OF_DELETIONS.contains(column.getKey());
        if (compared && !isSame(column.getKey(), column.getValue(), value)) {
          return "%s is %s, delivered was %s".formatted(column.getKey(), column.getValue(), value);
        }
      }
      return null;
    } catch (JsonProcessingException e) {
      return "loaded though it is not JSON: " + e.getOriginalMessage();
    }
  }

  private static boolean isSame(String name, JsonNode stored, JsonNode delivered) {
    if (name.equals("metadata")) {
      return metadata(delivered).equals(pairs(stored));
    } else if (delivered.isTextual()) {
      return stored.isTextual()
          ? stored.textValue().equals(delivered.textValue())
          : stored.isNumber() && stored.asText().equals(delivered.textValue());
    } else if (delivered.isNumber()) {
      return stored.isTextual()
          ? delivered.isIntegralNumber() && delivered.longValue() == seconds(stored.textValue())
          : stored.isNumber() && stored.decimalValue().compareTo(delivered.decimalValue()) == 0;
    } else if (delivered.isBoolean()) {
      return stored.equals(delivered);
    } else if (delivered.isObject() && !stored.isContainerNode()) {
      return !name.equals("id") && stored.equals(delivered.path("id"));
    }
    return true;
  }

  private static Map<String, String> metadata(JsonNode delivered) {
    Map<String, String> pairs = new TreeMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> all = delivered.fields(); all.hasNext(); ) {
      Map.Entry<String, JsonNode> pair = all.next();
      if (!pair.getValue().isNull()) {
        pairs.put(
            pair.getKey(),
            pair.getValue().isTextual() ? pair.getValue().textValue() : pair.getValue().toString());
      }
    }
    return pairs;
  }

  private static Map<String, String> pairs(JsonNode stored) {
    Map<String, String> pairs = new TreeMap<>();
    stored.forEach(pair -> pairs.put(pair.get("key").asText(), pair.get("value").asText()));
    return pairs;
  }

  private static long seconds(String timestamp) {
    String withoutZone = timestamp.replaceFirst("[+]00(:00)?$", "");
    return withoutZone.length() < 19
        ? Long.MIN_VALUE
        : LocalDateTime.parse(withoutZone.substring(0, 19), TIMESTAMP)
            .toEpochSecond(ZoneOffset.UTC);
  }

  private StoredValues() {}
}
