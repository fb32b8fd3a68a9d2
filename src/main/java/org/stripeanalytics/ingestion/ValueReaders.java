package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.stripeanalytics.ingestion.RowReader.FieldReader;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.quality.RejectionRule;

/** How the JSON of a single value becomes the encoded value of a column. */
final class ValueReaders {
  private static final int MESSAGE_CHARACTERS = 80;
  private static final int NUMERIC_SCALE = 9;
  private static final int NUMERIC_INTEGER_DIGITS = 29;
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** The reader of a column that is no record; its node is there and not null. */
  static FieldReader of(FieldType type, String path) {
    return switch (type.getTypeName()) {
      case STRING -> node -> text(node, path);
      case INT64 -> node -> whole(node, path);
      case BOOLEAN -> node -> truth(node, path);
      case DECIMAL -> node -> numeric(node, path);
      case LOGICAL_TYPE ->
          type.getLogicalType().getIdentifier().equals(EpochMicros.IDENTIFIER)
              ? node -> timestamp(node, path)
              : node -> date(node, path);
      default -> throw new IllegalArgumentException("no JSON is read into " + type);
    };
  }

  static UnreadableValueException wrongType(String path, JsonNode node, String expected) {
    String found = node.toString();
    return new UnreadableValueException(
        RejectionRule.WRONG_TYPE,
        "%s is %s; expected %s"
            .formatted(
                path,
                found.length() <= MESSAGE_CHARACTERS
                    ? found
                    : found.substring(0, MESSAGE_CHARACTERS) + "…",
                expected));
  }

  private static String text(JsonNode node, String path) throws UnreadableValueException {
    JsonNode value = node.isObject() && node.path("id").isTextual() ? node.get("id") : node;
    if (!value.isTextual()) {
      throw wrongType(path, node, "a text");
    }
    return value.textValue();
  }

  private static Long whole(JsonNode node, String path) throws UnreadableValueException {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrongType(path, node, "a whole number");
    }
    return node.longValue();
  }

  private static Boolean truth(JsonNode node, String path) throws UnreadableValueException {
    if (!node.isBoolean()) {
      throw wrongType(path, node, "true or false");
    }
    return node.booleanValue();
  }

  /** Stripe writes some numbers as texts, so that no reader makes a double of them. */
  private static BigDecimal numeric(JsonNode node, String path) throws UnreadableValueException {
    BigDecimal number = null;
    if (node.isNumber()) {
      number = node.decimalValue();
    } else if (node.isTextual()) {
      try {
        number = new BigDecimal(node.textValue());
      } catch (NumberFormatException e) {
        throw wrongType(path, node, "a number");
      }
    }
    if (number == null) {
      throw wrongType(path, node, "a number");
    }
    BigDecimal exact = number.stripTrailingZeros();
    if (exact.scale() > NUMERIC_SCALE
        || exact.precision() - exact.scale() > NUMERIC_INTEGER_DIGITS) {
      throw new UnreadableValueException(
          RejectionRule.TOO_PRECISE,
          "%s is %s; kept are %d digits and %d decimal places"
              .formatted(path, node.asText(), NUMERIC_INTEGER_DIGITS, NUMERIC_SCALE));
    }
    return number;
  }

  private static Long timestamp(JsonNode node, String path) throws UnreadableValueException {
    long seconds = whole(node, path);
    if (Math.abs(seconds) > Long.MAX_VALUE / MICROS_PER_SECOND) {
      throw new UnreadableValueException(
          RejectionRule.IMPOSSIBLE_TIMESTAMP,
          path + " is " + seconds + "; expected seconds since 1970");
    }
    return seconds * MICROS_PER_SECOND;
  }

  private static Long date(JsonNode node, String path) throws UnreadableValueException {
    try {
      return LocalDate.parse(text(node, path)).toEpochDay();
    } catch (DateTimeParseException e) {
      throw wrongType(path, node, "a day as in 2024-01-31");
    }
  }

  private ValueReaders() {}
}
