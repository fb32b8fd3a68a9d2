package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
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
  private static final long MOST_SECONDS = Long.MAX_VALUE / MICROS_PER_SECOND;

  /** The last year of a calendar in any warehouse. */
  private static final int LAST_YEAR = 9999;

  /** How long a number may be as text; the parser holds the others to the same. */
  private static final int LONGEST_NUMBER = 1000;

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?");

  /** The last parts of the names of columns that hold the id of another object. */
  private static final ImmutableSet<String> REFERENCES =
      ImmutableSet.of(
          "application",
          "balance_transaction",
          "charge",
          "coupon",
          "customer",
          "default_payment_method",
          "destination",
          "discount",
          "discounts",
          "failure_balance_transaction",
          "invoice",
          "invoice_item",
          "latest_charge",
          "latest_invoice",
          "payment_intent",
          "payment_method",
          "price",
          "product",
          "promotion_code",
          "source",
          "subscription",
          "subscription_item");

  /** The reader of a column that is no record; its node is there and not null. */
  static FieldReader of(FieldType type, String path) {
    return switch (type.getTypeName()) {
      case STRING -> {
        boolean reference = isReference(path);
        yield node -> text(node, path, reference);
      }
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

  /** Whether a column holds the id of another object, in whose place that may be expanded. */
  static boolean isReference(String path) {
    return REFERENCES.contains(path.substring(path.lastIndexOf('.') + 1));
  }

  static UnreadableValueException wrongType(String path, JsonNode node, String expected) {
    return new UnreadableValueException(
        RejectionRule.WRONG_TYPE,
        "%s is %s; expected %s".formatted(path, shortened(node.toString()), expected));
  }

  /**
   * A text, or where the column holds the id of another object, that object as Stripe expands it on
   * request.
   */
  private static String text(JsonNode node, String path, boolean reference)
      throws UnreadableValueException {
    JsonNode value = reference && node.path("id").isTextual() ? node.get("id") : node;
    if (!value.isTextual()) {
      throw wrongType(path, node, "a text");
    }
    return value.textValue();
  }

  /**
   * A value of {@code metadata}, which is a text with Stripe. Whole numbers, true and false are
   * what they are written as; of anything else the text would be our own.
   */
  static String metadata(JsonNode node, String path) throws UnreadableValueException {
    if (!node.isTextual() && !node.isIntegralNumber() && !node.isBoolean()) {
      throw wrongType(path, node, "a text");
    }
    return node.asText();
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

  /**
   * A number that the warehouse keeps as it is. An exponent is never expanded before it is known to
   * be small: {@code 1e999999999} is a number of a billion digits.
   */
  private static BigDecimal numeric(JsonNode node, String path) throws UnreadableValueException {
    BigDecimal number = number(node, path);
    if (number.signum() == 0) {
      return BigDecimal.ZERO;
    }
    if ((long) number.precision() - number.scale() > NUMERIC_INTEGER_DIGITS) {
      throw tooPrecise(path, node);
    }
    BigDecimal shortest = number.stripTrailingZeros();
    if (shortest.scale() > NUMERIC_SCALE) {
      throw tooPrecise(path, node);
    }
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  /** Stripe writes some numbers as texts, so that no reader makes a double of them. */
  private static BigDecimal number(JsonNode node, String path) throws UnreadableValueException {
    if (node.isDouble()) {
      // Infinite: the parser makes doubles only of what is too large for one.
      throw tooPrecise(path, node);
    }
    if (node.isNumber()) {
      return node.decimalValue();
    }
    if (node.isTextual()
        && node.textValue().length() <= LONGEST_NUMBER
        && NUMBER.matcher(node.textValue()).matches()) {
      try {
        return new BigDecimal(node.textValue());
      } catch (NumberFormatException e) {
        // Its exponent has more digits than Java counts.
        throw tooPrecise(path, node);
      }
    }
    throw wrongType(path, node, "a number");
  }

  private static UnreadableValueException tooPrecise(String path, JsonNode node) {
    return new UnreadableValueException(
        RejectionRule.TOO_PRECISE,
        "%s is %s; at most %d digits and %d decimal places are kept"
            .formatted(path, shortened(node.asText()), NUMERIC_INTEGER_DIGITS, NUMERIC_SCALE));
  }

  private static Long timestamp(JsonNode node, String path) throws UnreadableValueException {
    long seconds = whole(node, path);
    if (seconds > MOST_SECONDS || seconds < -MOST_SECONDS) {
      throw new UnreadableValueException(
          RejectionRule.IMPOSSIBLE_TIMESTAMP,
          path + " is " + seconds + "; expected seconds since 1970");
    }
    return seconds * MICROS_PER_SECOND;
  }

  private static Long date(JsonNode node, String path) throws UnreadableValueException {
    if (!node.isTextual()) {
      throw wrongType(path, node, "a day as in 2024-01-31");
    }
    try {
      LocalDate day = LocalDate.parse(node.textValue());
      if (day.getYear() >= 1 && day.getYear() <= LAST_YEAR) {
        return day.toEpochDay();
      }
    } catch (DateTimeParseException e) {
      // Said below, together with the years that no warehouse has.
    }
    throw wrongType(path, node, "a day as in 2024-01-31");
  }

  private static String shortened(String text) {
    int cut =
        text.offsetByCodePoints(
            0, Math.min(MESSAGE_CHARACTERS, text.codePointCount(0, text.length())));
    return cut == text.length() ? text : text.substring(0, cut) + "…";
  }

  private ValueReaders() {}
}
