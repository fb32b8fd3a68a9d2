package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts parts out of the text of a JSON object, verbatim; the text is known to be JSON. */
final class JsonTexts {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** The members of {@code data} by name, as in an event. */
  static Map<String, String> membersOfData(String json) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (moveToData(parser, JsonToken.START_OBJECT)) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser, json));
        }
      }
    }
    return members;
  }

  /** The elements of {@code data}, as in a list response. */
  static List<String> elementsOfData(String json) throws IOException {
    List<String> elements = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (moveToData(parser, JsonToken.START_ARRAY)) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser, json));
        }
      }
    }
    return elements;
  }

  private static boolean moveToData(JsonParser parser, JsonToken start) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (name.equals("data") && token == start) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  /** The text of the value that the parser stands at, which it is moved to the end of. */
  private static String value(JsonParser parser, String json) throws IOException {
    int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    // A scalar is read only when it is asked for.
    parser.finishToken();
    parser.skipChildren();
    return json.substring(start, Math.toIntExact(parser.currentLocation().getCharOffset()));
  }

  private JsonTexts() {}
}
