package org.stripeanalytics.extraction;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;

/**
 * A list to read by windows of creation time.
 *
 * @param list the last part of its path
 * @param object what Stripe calls its elements
 * @param parameters what every request for it says
 * @param without types of objects that are not taken out of its elements
 * @param children the path of a list that each element has, with ID for the element
 */
record Source(
    String list,
    String object,
    ImmutableList<String> parameters,
    ImmutableSet<String> without,
    Optional<String> children) {
  private static final int MOST_PER_PAGE = 100;

  static Source of(ObjectType type, ImmutableSet<String> without) {
    return new Source(type.list(), type.id(), type.parameters(without), without, Optional.empty());
  }

  /** The same, with a list of each element too. */
  Source withChildren(String path) {
    return new Source(list, object, parameters, without, Optional.of(path));
  }

  static Source events() {
    return new Source("events", "event", ImmutableList.of(), ImmutableSet.of(), Optional.empty());
  }

  /** The request for the first page of a window. */
  String path(Window window) {
    StringBuilder path = new StringBuilder("/v1/" + list + "?limit=" + MOST_PER_PAGE);
    path.append('&').append(window.parameters());
    parameters.forEach(parameter -> path.append('&').append(parameter));
    return path.toString();
  }
}
