package org.stripeanalytics.warehouse.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
  private final ObjectMapper parser = new ObjectMapper();

  @Test
  void anyCharacterIsReadAsItWasWritten() throws IOException {
    String basic =
        IntStream.range(0, Character.MIN_SURROGATE)
            .mapToObj(Character::toString)
            .reduce("", String::concat);
    String beyond = "😀\uFFFD\uFFFF𝄞 really?";

    assertEquals(basic, parser.readValue(text(basic), String.class));
    assertEquals(beyond, parser.readValue(text(beyond), String.class));
  }

  @Test
  void onlyWhatMustBeIsEscaped() throws IOException {
    assertEquals("\"{\\\"a\\\\b\\\":\\\"é/\\n\\u0001\\\"}\"", text("{\"a\\b\":\"é/\n\u0001\"}"));
  }

  @Test
  void textsLongerThanTheBufferAreWhole() throws IOException {
    String text = "\"a\u0001é".repeat(100_000);

    assertEquals(text, parser.readValue(text(text), String.class));
  }

  @Test
  void halfASurrogatePairIsRefusedAndNotReplaced() {
    assertThrows(IllegalArgumentException.class, () -> text("half \uD83D of one"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, -7, 10, -1_000, 99, Long.MAX_VALUE, Long.MIN_VALUE})
  void numbersHaveTheirDigitsAndSign(long number) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonLines json = new JsonLines(out)) {
      json.number(number);
    }

    assertEquals(Long.toString(number), out.toString(UTF_8));
  }

  private static String text(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonLines json = new JsonLines(out)) {
      json.string(text);
    }
    return out.toString(UTF_8);
  }
}
