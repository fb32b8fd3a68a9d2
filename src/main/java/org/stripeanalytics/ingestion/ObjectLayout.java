package org.stripeanalytics.ingestion;

/** How an object is laid out in its file, and what its members say, as far as it has been read. */
final class ObjectLayout {
  private static final int OUTER_MEMBERS = 1;

  private enum Key {
    DATA,
    OBJECT,
    OTHER
  }

  private final int indentation;
  private int lines;
  private boolean braceAlone;
  private boolean membersIndented;
  private int before = '{';
  private Key lastKey = Key.OTHER;
  private int dataKeys;
  private boolean otherType;

  /**
   * @param indentation how far the line of its first brace is indented
   */
  ObjectLayout(int indentation) {
    this.indentation = indentation;
  }

  /** A line has ended. */
  void line(PieceText soFar) {
    if (lines == 0) {
      braceAlone = soFar.isBlankFrom(1);
    }
    lines++;
  }

  boolean isOnOneLine() {
    return lines == 0;
  }

  /** Something comes first in its line. */
  void startsLineAt(int indentationOfLine) {
    membersIndented |= indentationOfLine > indentation;
  }

  void follow(int taken) {
    before = taken;
  }

  /**
   * A text has been read.
   *
   * @param start where it begins in the text, after its first quote
   * @param depth how many brackets are open around it
   */
  void string(PieceText soFar, int start, int depth) {
    if (depth != OUTER_MEMBERS) {
      return;
    }
    if (before != ':') {
      lastKey =
          soFar.matches(start, "data\"")
              ? Key.DATA
              : soFar.matches(start, "object\"") ? Key.OBJECT : Key.OTHER;
      dataKeys += lastKey == Key.DATA ? 1 : 0;
    } else if (lastKey == Key.OBJECT) {
      otherType = StripeObjects.LISTS.stream().noneMatch(type -> soFar.matches(start, type + "\""));
    }
  }

  /**
   * Whether a bracket that follows now opens the objects of a list response: it is the value of the
   * first {@code data}, and the object has not said that it is something else.
   */
  boolean opensList(int depth) {
    return depth == OUTER_MEMBERS
        && before == ':'
        && lastKey == Key.DATA
        && dataKeys == 1
        && !otherType;
  }

  boolean follows(int taken) {
    return before == taken;
  }

  /** Whether a line that is indented this far is not within this object. */
  boolean isOutside(int indentationOfLine) {
    return indentationOfLine <= indentation;
  }

  /**
   * Whether a brace that opens a line opens another object, and not a value within this one. A line
   * that begins with more than a brace is of a file with one object to a line, where every such
   * brace does; where members are indented, one that is not begins an object too.
   *
   * @param inArray whether the innermost bracket that is open is that of an array
   */
  boolean isLikelyNext(int indentationOfBrace, boolean inArray) {
    if (lines == 0 || !isOutside(indentationOfBrace)) {
      return false;
    }
    boolean valueMayFollow = before == ':' || before == '[' || (before == ',' && inArray);
    return !braceAlone || membersIndented || !valueMayFollow;
  }
}
