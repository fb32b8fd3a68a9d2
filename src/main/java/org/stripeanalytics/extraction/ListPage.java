package org.stripeanalytics.extraction;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A page of a list as the API sent it, cut into its elements without being written anew.
 *
 * @param elements in the order of the page
 */
record ListPage(ImmutableList<Element> elements, boolean hasMore) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Line breaks stand only between members: inside a text JSON does not allow them. */
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*[\\r\\n]+\\s*");

  /** Objects that are taken out of those around them; an error shows a card as it was then. */
  private static final ImmutableSet<String> EXPANDED_AT =
      ImmutableSet.of(
          "payment_method",
          "default_payment_method",
          "invoice_settings.default_payment_method",
          "discounts",
          "discount");

  /** Lists inside an object, or inside the object of an event, of which there may be more. */
  private static final ImmutableSet<String> NESTED_LISTS =
      ImmutableSet.of("lines", "items", "data.object.lines", "data.object.items");

  /**
   * An element of a list.
   *
   * @param text on one line
   * @param created seconds since the epoch; 0 if it does not say
   * @param availableOn when an entry of the balance becomes available; 0 if it does not say
   * @param brought objects of other types that stand in it whole, each on one line
   * @param unfinished lists inside that go on elsewhere
   */
  record Element(
      String text,
      String id,
      long created,
      @Nullable String status,
      long availableOn,
      ImmutableList<Brought> brought,
      ImmutableList<NestedList> unfinished) {}

  /**
   * @param type the value of {@code object}
   */
  record Brought(String type, String text) {}

  /**
   * A list inside an object.
   *
   * @param url where all of it is
   * @param last the id of its last element that was sent
   */
  record NestedList(String url, String last) {}

  /**
   * Takes a page apart.
   *
   * @throws IOException when it is not a list
   */
  static ListPage parse(String body) throws IOException {
    ImmutableList.Builder<Element> elements = ImmutableList.builder();
    boolean hasMore = false;
    boolean isList = false;
    try (JsonParser parser = FACTORY.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("data") && value == JsonToken.START_ARRAY) {
          isList = true;
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            elements.add(new ElementReader(body, parser).read());
          }
        } else if (name.equals("has_more")) {
          hasMore = value == JsonToken.VALUE_TRUE;
        } else {
          parser.skipChildren();
        }
      }
    }
    if (!isList) {
      throw new IOException("without data");
    }
    return new ListPage(elements.build(), hasMore);
  }

  /** Reads one element, keeping track of where in it the parser is. */
  private static final class ElementReader {
    private final String body;
    private final JsonParser parser;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final ImmutableList.Builder<Brought> brought = ImmutableList.builder();
    private final List<NestedList> unfinished = new ArrayList<>();

    ElementReader(String body, JsonParser parser) {
      this.body = body;
      this.parser = parser;
    }

    Element read() throws IOException {
      Level top = new Level("", start());
      levels.push(top);
      while (!levels.isEmpty()) {
        step(parser.nextToken());
      }
      return new Element(
          oneLine(top.start, end()),
          top.texts.getOrDefault("id", ""),
          Long.parseLong(top.texts.getOrDefault("created", "0")),
          top.texts.get("status"),
          Long.parseLong(top.texts.getOrDefault("available_on", "0")),
          brought.build(),
          ImmutableList.copyOf(unfinished));
    }

    private void step(@Nullable JsonToken token) throws IOException {
      if (token == null) {
        throw new IOException("it ends early");
      }
      switch (token) {
        case START_OBJECT -> levels.push(new Level(path(), start()));
        case END_OBJECT -> leave(levels.pop());
        case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> note(parser.getText());
        case VALUE_NUMBER_INT -> note(parser.getText());
        default -> {
          // Arrays are seen through, and other values say nothing that is wanted.
        }
      }
    }

    private void note(String value) throws IOException {
      if (parser.currentName() != null) {
        levels.peek().texts.put(parser.currentName(), value);
      }
    }

    private void leave(Level level) {
      if (levels.isEmpty()) {
        return;
      }
      String type = level.texts.get("object");
      if (type != null && EXPANDED_AT.contains(level.path)) {
        brought.add(new Brought(type, oneLine(level.start, end())));
      }
      if ("true".equals(level.texts.get("has_more")) && NESTED_LISTS.contains(level.path)) {
        unfinished.add(new NestedList(level.texts.get("url"), level.lastId));
      }
      // Its elements are left before the list is.
      Level around = levels.peek();
      if (level.path.equals(around.path + ".data") && level.texts.containsKey("id")) {
        around.lastId = level.texts.get("id");
      }
    }

    private String path() throws IOException {
      Level around = levels.peek();
      String name = parser.getParsingContext().getParent().getCurrentName();
      if (name == null) {
        // An element of an array, whose name is one level further out.
        name = parser.getParsingContext().getParent().getParent().getCurrentName();
      }
      return around.path.isEmpty() ? name : around.path + "." + name;
    }

    private int start() {
      return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    }

    private int end() {
      return Math.toIntExact(parser.currentLocation().getCharOffset());
    }

    private String oneLine(int start, int end) {
      String text = body.substring(start, end);
      return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
          ? text
          : LINE_BREAK.matcher(text).replaceAll("");
    }
  }

  private static final class Level {
    private final String path;
    private final int start;
    private final Map<String, String> texts = new HashMap<>();
    private String lastId = "";

    Level(String path, int start) {
      this.path = path;
      this.start = start;
    }
  }
}
