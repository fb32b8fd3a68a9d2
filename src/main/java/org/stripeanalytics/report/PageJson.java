package org.stripeanalytics.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Writes the report as JSON that may stand inside a script element. Numbers keep six decimal
 * places, which is more than the page shows of any.
 */
final class PageJson {
  private static final int DECIMALS = 6;

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .setSerializationInclusion(JsonInclude.Include.ALWAYS)
          .registerModule(
              new SimpleModule()
                  .addSerializer(new Text<>(LocalDate.class))
                  .addSerializer(new Text<>(Instant.class))
                  .addSerializer(new Decimal())
                  .addSerializer(new Present()));

  static String of(Object value) {
    try {
      return escaped(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON", e);
    }
  }

  /**
   * Inside a script element only {@code </script} and {@code <!--} end or change anything, and they
   * only can within strings, where these characters may be written as escapes. The two line
   * separators are for readers that take JSON for JavaScript of before 2019.
   */
  private static String escaped(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static final class Text<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1;

    Text(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.toString());
    }
  }

  private static final class Decimal extends StdSerializer<BigDecimal> {
    private static final long serialVersionUID = 1;

    Decimal() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      BigDecimal rounded = value.setScale(DECIMALS, RoundingMode.HALF_UP);
      json.writeNumber(rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString());
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class Present extends StdSerializer<Optional> {
    private static final long serialVersionUID = 1;

    Present() {
      super(Optional.class);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void serialize(Optional value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(value.orElse(null), json);
    }
  }

  private PageJson() {}
}
