package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.stripeanalytics.quality.RejectionRule;

/**
 * Reads JSON that every reader understands in the same way: no member twice, no text that UTF-8
 * cannot hold. Numbers keep the digits they are written with.
 */
public final class StrictJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /**
   * @throws UnreadableValueException when the text is not one JSON object that has a single meaning
   */
  public static ObjectNode object(String json) throws UnreadableValueException {
    JsonNode parsed;
    try {
      parsed = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw broken(reason(e));
    } catch (NumberFormatException e) {
      // Jackson lets some exponents through to Java that Java cannot count.
      throw broken("a number has an exponent that is too large");
    }
    if (!(parsed instanceof ObjectNode object)) {
      throw broken("expected an object");
    }
    String half = Surrogates.firstHalf(json);
    if (half != null) {
      throw new UnreadableValueException(
          RejectionRule.INVALID_UNICODE,
          half + " is half a character, which no UTF-8 text can hold");
    }
    return object;
  }

  private static UnreadableValueException broken(String message) {
    return new UnreadableValueException(RejectionRule.BROKEN_JSON, message);
  }

  /** Without the advice to the programmer that Jackson adds. */
  private static String reason(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst("(?s) (for|\\(bound as) `.*", "");
  }

  private StrictJson() {}
}
