package org.stripeanalytics.ingestion;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Halves of surrogate pairs in the text of a JSON document. JSON may hold one as an escape, UTF-8
 * cannot: it is written as a question mark, and different texts become the same.
 */
final class Surrogates {
  private static final int ESCAPE_CHARACTERS = 6;

  /**
   * The first escape that is half a pair; null if there is none.
   *
   * @param json text that is JSON
   */
  static @Nullable String firstHalf(String json) {
    int at = json.indexOf('\\');
    while (at >= 0) {
      int length = 2;
      if (json.charAt(at + 1) == 'u') {
        length = ESCAPE_CHARACTERS;
        char unit = unit(json, at);
        if (Character.isSurrogate(unit)) {
          int next = at + ESCAPE_CHARACTERS;
          boolean pair =
              Character.isHighSurrogate(unit)
                  && json.startsWith("\\u", next)
                  && Character.isLowSurrogate(unit(json, next));
          if (!pair) {
            return json.substring(at, next);
          }
          length = 2 * ESCAPE_CHARACTERS;
        }
      }
      at = json.indexOf('\\', at + length);
    }
    return null;
  }

  private static char unit(String json, int escape) {
    return (char) Integer.parseInt(json, escape + 2, escape + ESCAPE_CHARACTERS, 16);
  }

  private Surrogates() {}
}
