package org.stripeanalytics.pipelines.local;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Maps;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** How the values of a query's answer are written. */
final class Values {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  /** Decimals without trailing zeros, lists and records as JSON, a null as nothing, on one line. */
  static String toText(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof BigDecimal decimal) {
      return plain(decimal);
    }
    if (value instanceof List || value instanceof Map) {
      return toJson(value);
    }
    return value.toString().replaceAll("\\R", " ");
  }

  /** Numbers as numbers, exactly; dates and times as strings. */
  static String toJson(@Nullable Object value) {
    try {
      return JSON.writeValueAsString(jsonValue(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
    }
  }

  private static @Nullable Object jsonValue(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Values::jsonValue).toList();
    }
    if (value instanceof Map<?, ?> map) {
      return Maps.transformValues(map, Values::jsonValue);
    }
    if (value instanceof BigDecimal decimal) {
      return new BigDecimal(plain(decimal));
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }

  private static String plain(BigDecimal decimal) {
    return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
  }

  private Values() {}
}
