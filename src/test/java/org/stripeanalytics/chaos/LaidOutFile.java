package org.stripeanalytics.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Objects in a file, and where they are in it.
 *
 * @param objects their places, in order
 */
record LaidOutFile(byte[] bytes, ImmutableList<Place> objects) {
  static final String OPENING = "{\"object\":\"list\",\"data\":[";
  static final String CLOSING = "],\"has_more\":false,\"url\":\"/v1/things\"}";

  /**
   * Where an object is.
   *
   * @param opened where the opening of its list ends; its own start if it is in none
   */
  record Place(String text, int start, int end, int opened) {}

  /** The ways in which files of objects come. */
  enum Layout {
    LINES("", "", "\n", "\n"),
    CONCATENATED("", "", "", ""),
    ARRAY("[", "]", ",", ""),
    ARRAY_OF_LINES("[\n", "\n]\n", ",\n", ""),
    LIST(OPENING, CLOSING, ",", ""),
    PAGES(OPENING, CLOSING + "\n", ",", ""),
    PRETTY("", "", "\n", "\n"),
    PRETTY_LIST(
        "{\n  \"object\": \"list\",\n  \"data\": [\n    ",
        "\n  ],\n  \"has_more\": false\n}\n",
        ",\n    ",
        "");

    private static final int OBJECTS_PER_PAGE = 3;

    private final String opening;
    private final String closing;
    private final String separator;
    private final String end;

    Layout(String opening, String closing, String separator, String end) {
      this.opening = opening;
      this.closing = closing;
      this.separator = separator;
      this.end = end;
    }

    boolean isPretty() {
      return this == PRETTY || this == PRETTY_LIST;
    }

    /** Whether objects stand between the brackets of a list or an array. */
    boolean hasBrackets() {
      return !opening.isEmpty();
    }

    LaidOutFile of(List<String> objects) {
      Writer file = new Writer();
      int perPage = this == PAGES ? OBJECTS_PER_PAGE : objects.size();
      for (int first = 0; first < objects.size(); first += perPage) {
        file.write(opening);
        int opened = file.size();
        List<String> page = objects.subList(first, Math.min(first + perPage, objects.size()));
        for (int i = 0; i < page.size(); i++) {
          file.write(i == 0 ? "" : separator);
          file.place(page.get(i), hasBrackets() ? opened : file.size());
        }
        file.write(closing);
      }
      file.write(end);
      return file.file();
    }
  }

  /** Writes bytes and remembers where objects begin and end. */
  private static final class Writer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ImmutableList.Builder<Place> objects = ImmutableList.builder();

    int size() {
      return bytes.size();
    }

    void write(String text) {
      bytes.writeBytes(text.getBytes(UTF_8));
    }

    void place(String object, int opened) {
      int start = size();
      write(object);
      objects.add(new Place(object, start, size(), opened));
    }

    LaidOutFile file() {
      return new LaidOutFile(bytes.toByteArray(), objects.build());
    }
  }
}
