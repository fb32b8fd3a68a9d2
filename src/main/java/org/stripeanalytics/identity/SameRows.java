package org.stripeanalytics.identity;

import java.util.HashMap;
import java.util.Map;

/** Which rows are the same, to the end of every chain of merges: a forest in which trees unite. */
final class SameRows {
  private final Map<String, String> parents = new HashMap<>();

  /** The lesser root stands for both, so that it is the same in whatever order. */
  void unite(String a, String b) {
    String rootA = root(a);
    String rootB = root(b);
    int order = rootA.compareTo(rootB);
    if (order < 0) {
      parents.put(rootB, rootA);
    } else if (order > 0) {
      parents.put(rootA, rootB);
    }
  }

  /** What stands for all rows that are the same as this one. */
  String root(String key) {
    String at = key;
    while (parents.containsKey(at)) {
      String parent = parents.get(at);
      String next = parents.get(parent);
      if (next != null) {
        // Halves the path for whoever comes next.
        parents.put(at, next);
      }
      at = parent;
    }
    return at;
  }
}
