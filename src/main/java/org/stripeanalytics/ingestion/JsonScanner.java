package org.stripeanalytics.ingestion;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.Violation;

/**
 * Cuts a stream of bytes into JSON objects by looking at braces, brackets and strings only; whether
 * what lies between two braces is JSON, a parser says later. The objects are those at the top, in
 * an array, or in the {@code data} array of a list response.
 *
 * <p>After something broken it goes on where a new object most likely begins: in a file of one
 * object to a line on the next line, in pretty-printed text at the next line that opens an object
 * at the same or a smaller indentation. What it skips is a piece of its own.
 */
final class JsonScanner {
  /** Longer objects are rejected; a warehouse takes them neither, several times over in one row. */
  static final int MOST_BYTES = 2 << 20;

  /** How many arrays may be open around an object; each list that was cut off leaves one. */
  private static final int MOST_PAGES = 1000;

  private static final int END = -1;
  private static final String UNCLOSED_STRING = "a text is not closed at the end of its line";

  private final FileBytes bytes;
  private final Deque<ListPage> pages = new ArrayDeque<>();
  private final Deque<Integer> open = new ArrayDeque<>();
  private final Map<String, Boolean> hasMore = new TreeMap<>();
  private PieceText text = new PieceText(MOST_BYTES);

  /** The text that bytes are added to: of an object, or of the list around it. */
  private PieceText reading = text;

  private @Nullable ListPage ending;
  private @Nullable Skip unfinishedSkip;
  private long number;
  private int pushedBack = END;
  private boolean read;

  /** How far the current line is indented, while nothing but spaces has been seen of it. */
  private int indentation;

  private boolean onlySpaces = true;

  /** Whether the byte taken last is the first of its line that is no space. */
  private boolean startsLine;

  /**
   * What is being passed over.
   *
   * @param layout that of the object it began in; null where a line is passed over
   */
  private record Skip(String why, @Nullable ObjectLayout layout) {}

  JsonScanner(FileBytes bytes) {
    this.bytes = bytes;
  }

  /** The next piece; null at the end of the file. */
  @Nullable FilePiece next(long pieceNumber) throws IOException {
    number = pieceNumber;
    while (true) {
      FilePiece piece = ending != null ? restOfResponse() : null;
      if (piece != null) {
        return piece;
      }
      text.clear();
      reading = text;
      if (unfinishedSkip != null) {
        return skip(text, unfinishedSkip.why(), unfinishedSkip.layout());
      }
      int next = take();
      if (next == END) {
        return atEnd();
      } else if (next == '{') {
        piece = object();
      } else if (next == '[' && pages.size() < MOST_PAGES) {
        addElement();
        pages.push(ListPage.ofArray());
      } else if (next == ']' && !pages.isEmpty()) {
        piece = endOfArray();
      } else if (!isSpace(next) && next != ',') {
        text.add(next);
        piece = pages.isEmpty() ? skip(text, "is no JSON object", null) : element();
      }
      if (piece != null) {
        return piece;
      }
    }
  }

  /** Whether nothing but space has been read so far. */
  boolean nothingRead() {
    return !read;
  }

  /** Whether Stripe has more than the last page so far of each list, by its address. */
  Map<String, Boolean> hasMore() {
    return hasMore;
  }

  /** What has been read of a piece that the end of the file cut off. */
  String unfinished() {
    return reading.toString();
  }

  private @Nullable FilePiece atEnd() {
    if (pages.isEmpty()) {
      return null;
    }
    ListPage page = pages.pop();
    return new FilePiece(
        number,
        page.shell(),
        new Violation(RejectionRule.BROKEN_JSON, "the file ends inside an array"));
  }

  private void addElement() {
    if (!pages.isEmpty()) {
      pages.peek().addElement();
    }
  }

  private @Nullable FilePiece endOfArray() {
    ListPage page = pages.pop();
    if (page.isResponse()) {
      ending = page;
      return null;
    }
    return page.hasElements() ? null : FilePiece.emptyPage(number);
  }

  /** Reads an object whose brace has just been taken; null if it turns out to be a list. */
  private @Nullable FilePiece object() throws IOException {
    addElement();
    text.add('{');
    open.clear();
    open.push((int) '{');
    FilePiece broken = members(text, new ObjectLayout(indentation), /* ofResponse= */ false);
    if (broken != null) {
      return broken;
    }
    if (!open.isEmpty()) {
      return null;
    }
    return text.isCut() ? tooLarge(text) : whole();
  }

  /** Reads what follows the array of a list response; null if that is in order. */
  private @Nullable FilePiece restOfResponse() throws IOException {
    ListPage page = ending;
    ending = null;
    reading = page.text();
    page.text().add(']');
    page.layout().follow(']');
    open.clear();
    open.push((int) '{');
    FilePiece broken = members(page.text(), page.layout(), /* ofResponse= */ true);
    if (broken != null) {
      return broken;
    }
    String response = page.text().decoded();
    if (page.text().isCut()) {
      return tooLarge(page.text());
    } else if (response == null) {
      return invalid(page.text());
    }
    Violation fault = ListPage.fault(response);
    if (fault != null) {
      return new FilePiece(number, response, fault);
    }
    ListPage.End end = ListPage.end(response);
    hasMore.put(end.list(), end.hasMore());
    return page.hasElements() ? null : FilePiece.emptyPage(number);
  }

  /**
   * Reads members up to the closing brace, or up to the array of a list response, which leaves its
   * brace open. Null if they were read, else what is broken.
   */
  private @Nullable FilePiece members(PieceText into, ObjectLayout layout, boolean ofResponse)
      throws IOException {
    while (!open.isEmpty()) {
      int next = take();
      if (next == END) {
        return broken(into, "the file ends inside " + (ofResponse ? "a list" : "an object"));
      }
      if (startsLine) {
        if (next == '{' && layout.isLikelyNext(indentation, open.peek() == '[')) {
          pushBack(next);
          return broken(into, "the object is not closed before the next one begins");
        }
        layout.startsLineAt(indentation);
      }
      if (next == '{' && ofResponse && open.size() == 1 && !layout.follows(':')) {
        pushBack(next);
        return broken(into, "the list is not closed before the next object begins");
      }
      into.add(next);
      switch (next) {
        case '"' -> {
          int start = into.length();
          if (!string(into)) {
            return skip(into, UNCLOSED_STRING, layout);
          }
          layout.string(into, start, open.size());
        }
        case '{', '[' -> {
          if (next == '[' && !ofResponse && layout.opensList(open.size())) {
            pages.push(ListPage.ofResponse(into, layout));
            text = new PieceText(MOST_BYTES);
            return null;
          }
          open.push(next);
        }
        case '}', ']' -> {
          if (open.pop() != (next == '}' ? '{' : '[')) {
            return skip(into, "brackets do not match", layout);
          }
        }
        case '\n' -> layout.line(into);
        default -> {
          // Everything else is the parser's.
        }
      }
      if (!isSpace(next)) {
        layout.follow(next);
      }
    }
    return null;
  }

  /**
   * Reads an element of an array that is no object and whose first byte has been taken: up to the
   * next element that is one, the end of its line or of the array. An object that has lost its
   * first brace ends with its last one.
   */
  private FilePiece element() throws IOException {
    String why = "an element of the array is no object";
    addElement();
    ObjectLayout layout = new ObjectLayout(indentation);
    int depth = 0;
    int next = text.last();
    while (true) {
      if (next == '"' && !string(text)) {
        return broken(text, UNCLOSED_STRING);
      }
      depth += next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
      if (depth < 0) {
        return broken(text, why);
      }
      if (!isSpace(next)) {
        layout.follow(next);
      }
      next = take();
      boolean ends =
          next == END
              || (depth == 0 && (next == ']' || next == '\n'))
              || (next == '{' && startsLine && layout.isOutside(indentation))
              || (next == '{' && depth == 0 && layout.follows(','));
      if (ends || text.isFull()) {
        pushBack(next);
        return broken(text, why);
      }
      text.add(next);
    }
  }

  /** Reads a text whose first quote has been taken; false if the line ends inside it. */
  private boolean string(PieceText into) throws IOException {
    boolean escaped = false;
    while (true) {
      int next = take();
      if (next == '\n' || next == END) {
        pushBack(next);
        return false;
      }
      into.add(next);
      if (next == '"' && !escaped) {
        return true;
      }
      escaped = next == '\\' && !escaped;
    }
  }

  /**
   * Takes everything up to where the next object most likely begins. What is more than a piece
   * holds comes as further pieces.
   *
   * @param layout that of the object in which it starts; null to pass over the line
   */
  private FilePiece skip(PieceText into, String why, @Nullable ObjectLayout layout)
      throws IOException {
    boolean line = layout == null || layout.isOnOneLine();
    unfinishedSkip = null;
    while (true) {
      if (into.isFull()) {
        unfinishedSkip = new Skip(why, layout);
        return broken(into, why);
      }
      int next = take();
      if (next == END || (line && next == '\n')) {
        return broken(into, why);
      }
      if (!line && next == '{' && startsLine && layout.isOutside(indentation)) {
        pushBack(next);
        return broken(into, why);
      }
      into.add(next);
    }
  }

  private FilePiece whole() {
    String decoded = text.decoded();
    return decoded == null ? invalid(text) : new FilePiece(number, decoded, null);
  }

  private FilePiece invalid(PieceText piece) {
    return fault(piece, RejectionRule.INVALID_UTF8, "the text holds bytes that are no UTF-8");
  }

  private FilePiece tooLarge(PieceText piece) {
    return fault(
        piece,
        RejectionRule.RECORD_TOO_LARGE,
        "the object has more than %d bytes; of those, the payload holds the first"
            .formatted(MOST_BYTES));
  }

  private FilePiece broken(PieceText piece, String why) {
    return fault(piece, RejectionRule.BROKEN_JSON, why);
  }

  private FilePiece fault(PieceText piece, RejectionRule rule, String message) {
    return new FilePiece(number, piece.toString(), new Violation(rule, message));
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
}
