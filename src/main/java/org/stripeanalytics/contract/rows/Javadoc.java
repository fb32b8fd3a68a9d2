package org.stripeanalytics.contract.rows;

/** Descriptions of a contract as Javadoc comments. */
final class Javadoc {
  private static final int WIDTH = 90;

  private Javadoc() {}

  /** What Javadoc would read as markup, or as its own end, spelled so that it shows as it is. */
  static String escaped(String description) {
    return description
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("*/", "*&#47;");
  }

  /**
   * A comment of one line if it fits, else of several.
   *
   * @param indent what stands before the comment on its first line
   */
  static String comment(String text, String indent) {
    if (text.length() <= WIDTH - indent.length()) {
      return indent + "/** " + text + " */";
    }
    StringBuilder comment = new StringBuilder(indent).append("/**");
    int column = WIDTH;
    for (String word : text.split(" ")) {
      if (column + word.length() >= WIDTH) {
        comment.append('\n').append(indent).append(" *");
        column = indent.length();
      }
      comment.append(' ').append(word);
      column += word.length() + 1;
    }
    return comment.append('\n').append(indent).append(" */").toString();
  }
}
