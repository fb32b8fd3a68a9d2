package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.Violation;

/**
 * An array whose elements are objects of a file: that in {@code data} of a list response, or one
 * that stands for itself.
 */
final class ListPage {
  private final @Nullable PieceText text;
  private final @Nullable ObjectLayout layout;
  private boolean hasElements;

  private ListPage(@Nullable PieceText text, @Nullable ObjectLayout layout) {
    this.text = text;
    this.layout = layout;
  }

  /**
   * @param text the response up to the bracket of its objects, which are left out of it
   */
  static ListPage ofResponse(PieceText text, ObjectLayout layout) {
    return new ListPage(text, layout);
  }

  static ListPage ofArray() {
    return new ListPage(null, null);
  }

  /** Whether members of a response follow its array. */
  boolean isResponse() {
    return text != null;
  }

  PieceText text() {
    return text;
  }

  ObjectLayout layout() {
    return layout;
  }

  void addElement() {
    hasElements = true;
  }

  boolean hasElements() {
    return hasElements;
  }

  /** What has been read of it, without its elements. */
  String shell() {
    return text == null ? "[" : text.toString();
  }

  /**
   * Whether Stripe has more than this page of a list.
   *
   * @param list its address within the API, such as {@code /v1/customers}; empty if not said
   */
  record End(String list, boolean hasMore) {}

  /**
   * How a response ends that nothing is wrong with.
   *
   * @param response what has been read of it, without its elements
   */
  static End end(String response) {
    try {
      ObjectNode page = StrictJson.object(response);
      return new End(page.path("url").asText(), page.path("has_more").asBoolean(false));
    } catch (UnreadableValueException e) {
      throw new IllegalArgumentException("what was read once cannot be read again", e);
    }
  }

  /** What is wrong with a response that has been read to its end; null if nothing is. */
  static @Nullable Violation fault(String response) {
    try {
      String type = StrictJson.object(response).path("object").asText("list");
      return StripeObjects.LISTS.contains(type)
          ? null
          : new Violation(
              RejectionRule.BROKEN_JSON,
              "data is an array, as in a list, and object is \"" + type + '"');
    } catch (UnreadableValueException e) {
      return new Violation(
          e.violation().rule(), "the list around its objects: " + e.violation().message());
    }
  }
}
