package org.stripeanalytics.synthesis.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The JSON of an object at one instant, which knows where each of its values stands. */
public final class RenderedObject {
  private final ObjectWriter writer;
  private final byte[] json;
  private final int[] bounds;

  RenderedObject(ObjectWriter writer, byte[] json, int[] bounds) {
    this.writer = writer;
    this.json = json;
    this.bounds = bounds;
  }

  @Override
  public String toString() {
    return new String(json, UTF_8);
  }

  public void appendTo(JsonBytes out) {
    out.raw(json);
  }

  /**
   * What a change has replaced, as Stripe tells it in {@code previous_attributes}: the members that
   * differ, with the values they had.
   *
   * @param after the same object after the change
   */
  public void previousAttributes(RenderedObject after, JsonBytes out) {
    out.raw('{');
    for (int i = 0; i < writer.members(); i++) {
      if (!same(i, after)) {
        if (!out.isFresh()) {
          out.raw(',');
        }
        out.raw(writer.key(i));
        if (bounds[2 * i] < 0) {
          out.nothing();
        } else {
          out.raw(json, bounds[2 * i], bounds[2 * i + 1]);
        }
      }
    }
    out.raw('}');
  }

  private boolean same(int member, RenderedObject other) {
    int start = bounds[2 * member];
    int otherStart = other.bounds[2 * member];
    if (start < 0 || otherStart < 0) {
      return start == otherStart;
    }
    return Arrays.equals(
        json, start, bounds[2 * member + 1], other.json, otherStart, other.bounds[2 * member + 1]);
  }
}
