package org.stripeanalytics.ingestion;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.Violation;

/**
 * Cuts a stream of bytes into JSON objects by looking at braces, brackets and strings only; whether
 * what lies between two braces is JSON, a parser says later. The objects are those at the top, in a
 * top-level array, or in the {@code data} array of a top-level object, which is a list response.
 *
 * <p>After something broken it goes on where a new object most likely begins: in a file of one
 * object to a line on the next line, in pretty-printed text at the next line that opens an object
 * at the same or a smaller indentation.
 */
final class JsonScanner {
  /** Longer objects are rejected; a warehouse takes them neither, several times over in one row. */
  static final int MOST_BYTES = 2 << 20;

  /** Where objects are looked for. */
  private enum Place {
    TOP,
    IN_ARRAY,
    IN_LIST_DATA,
    BEHIND_LIST_DATA
  }

  private static final int END = -1;
  private static final String UNCLOSED_STRING = "a text is not closed at the end of its line";

  private final FileBytes bytes;
  private final PieceText text = new PieceText(MOST_BYTES);
  private final Deque<Integer> open = new ArrayDeque<>();
  private Place place = Place.TOP;
  private long number;
  private int pushedBack = END;
  private boolean read;

  /** How far the current line is indented, while nothing but spaces has been seen of it. */
  private int indentation;

  private boolean onlySpaces = true;

  /** Whether the byte taken last is the first of its line that is no space. */
  private boolean startsLine;

  JsonScanner(FileBytes bytes) {
    this.bytes = bytes;
  }

  /** The next piece; null at the end of the file. */
  @Nullable FilePiece next(long pieceNumber) throws IOException {
    number = pieceNumber;
    while (true) {
      text.clear();
      int next = take();
      if (next == END) {
        return atEnd();
      } else if (next == '{' && place != Place.BEHIND_LIST_DATA) {
        FilePiece piece = object();
        if (piece != null) {
          return piece;
        }
      } else if (next == '[' && place == Place.TOP) {
        place = Place.IN_ARRAY;
      } else if (next == ']' && place == Place.IN_ARRAY) {
        place = Place.TOP;
      } else if (next == ']' && place == Place.IN_LIST_DATA) {
        place = Place.BEHIND_LIST_DATA;
      } else if (place == Place.BEHIND_LIST_DATA) {
        skipRestOfList(next);
      } else if (!isSpace(next) && next != ',') {
        text.add(next);
        restOfLine();
        return broken("is no JSON object");
      }
    }
  }

  /** Whether nothing but space has been read so far. */
  boolean nothingRead() {
    return !read;
  }

  /** What has been read of a piece that the end of the file cut off. */
  String unfinished() {
    return text.toString();
  }

  private @Nullable FilePiece atEnd() {
    if (place == Place.TOP) {
      return null;
    }
    place = Place.TOP;
    return broken("the file ends inside an array");
  }

  /** Reads an object whose brace has just been taken; null if it turns out to be a list. */
  private @Nullable FilePiece object() throws IOException {
    Shape shape = new Shape(indentation);
    text.add('{');
    open.clear();
    open.push((int) '{');
    while (!open.isEmpty()) {
      int next = take();
      if (next == END) {
        return broken("the file ends inside an object");
      }
      if (next == '{' && startsLine && shape.isLikelyNext(indentation)) {
        pushBack(next);
        return broken("the object is not closed before the next one begins");
      }
      text.add(next);
      switch (next) {
        case '"' -> {
          int start = text.length();
          if (!string()) {
            return shape.lines == 0 ? broken(UNCLOSED_STRING) : skipBroken(UNCLOSED_STRING, shape);
          }
          if (open.size() == 1) {
            shape.lastString = text.matches(start, "data\"");
          }
        }
        case '{', '[' -> {
          if (next == '[' && place == Place.TOP && open.size() == 1 && shape.isDataKey()) {
            place = Place.IN_LIST_DATA;
            return null;
          }
          open.push(next);
        }
        case '}', ']' -> {
          if (open.pop() != (next == '}' ? '{' : '[')) {
            return skipBroken("brackets do not match", shape);
          }
        }
        case '\n' -> shape.line(text);
        default -> {
          // Everything else is the parser's.
        }
      }
      shape.follow(next);
    }
    return text.isCut()
        ? fault(
            RejectionRule.RECORD_TOO_LARGE,
            "the object has more than %d bytes; of those, the payload holds the first"
                .formatted(MOST_BYTES))
        : whole();
  }

  /** Reads a text whose first quote has been taken; false if the line ends inside it. */
  private boolean string() throws IOException {
    while (true) {
      int next = take();
      if (next == '\n' || next == END) {
        return false;
      }
      text.add(next);
      if (next == '"') {
        return true;
      }
      if (next == '\\') {
        int escaped = take();
        if (escaped == '\n' || escaped == END) {
          return false;
        }
        text.add(escaped);
      }
    }
  }

  /** Takes everything up to where the next object most likely begins. */
  private FilePiece skipBroken(String why, Shape shape) throws IOException {
    if (shape.lines == 0) {
      restOfLine();
      return broken(why);
    }
    while (true) {
      int next = take();
      if (next == END) {
        return broken(why);
      }
      if (next == '{' && startsLine && indentation <= shape.indentation) {
        pushBack(next);
        return broken(why);
      }
      text.add(next);
    }
  }

  private void restOfLine() throws IOException {
    for (int next = take(); next != '\n' && next != END; next = take()) {
      text.add(next);
    }
  }

  /** The other members of a list response say nothing of its objects. */
  private void skipRestOfList(int first) throws IOException {
    int depth = 1;
    for (int next = first; next != END; next = take()) {
      if (next == '"') {
        string();
      } else if (next == '{' || next == '[') {
        depth++;
      } else if (next == '}' || next == ']') {
        depth--;
      }
      if (depth == 0) {
        place = Place.TOP;
        return;
      }
    }
  }

  private FilePiece whole() {
    String decoded = text.decoded();
    return decoded == null
        ? fault(RejectionRule.INVALID_UTF8, "the text holds bytes that are no UTF-8")
        : new FilePiece(number, decoded, null);
  }

  private FilePiece broken(String why) {
    return fault(RejectionRule.BROKEN_JSON, why);
  }

  private FilePiece fault(RejectionRule rule, String message) {
    return new FilePiece(number, text.toString(), new Violation(rule, message));
  }

  private int take() throws IOException {
    int next = pushedBack;
    if (next != END) {
      pushedBack = END;
      return next;
    }
    next = bytes.read();
    read |= next != END && !isSpace(next);
    if (next == '\n') {
      indentation = 0;
      onlySpaces = true;
      startsLine = false;
    } else if (onlySpaces) {
      boolean space = next == ' ' || next == '\t';
      indentation += space ? 1 : 0;
      startsLine = !space;
      onlySpaces = space;
    } else {
      startsLine = false;
    }
    return next;
  }

  private void pushBack(int taken) {
    pushedBack = taken;
  }

  private static boolean isSpace(int taken) {
    return taken == ' ' || taken == '\n' || taken == '\r' || taken == '\t';
  }

  /** How an object is laid out, as far as it has been read. */
  private final class Shape {
    private final int indentation;
    private int lines;
    private boolean braceAlone;
    private boolean lastString;
    private int before = '{';

    Shape(int indentation) {
      this.indentation = indentation;
    }

    void line(PieceText soFar) {
      if (lines == 0) {
        braceAlone = soFar.isBlankFrom(1);
      }
      lines++;
    }

    void follow(int taken) {
      if (!isSpace(taken)) {
        before = taken;
      }
    }

    /** Whether {@code "data":} has just been read. */
    boolean isDataKey() {
      return lastString && before == ':';
    }

    /**
     * Whether a brace that opens a line at this indentation opens another object, and not a value
     * within this one. A line that begins with more than a brace is of a file with one object to a
     * line, where every such brace does.
     */
    boolean isLikelyNext(int indentationOfBrace) {
      if (lines == 0 || indentationOfBrace > indentation) {
        return false;
      }
      boolean valueMayFollow = before == ':' || before == '[' || (before == ',' && inArray());
      return !braceAlone || !valueMayFollow;
    }

    private boolean inArray() {
      return open.peek() == '[';
    }
  }
}
