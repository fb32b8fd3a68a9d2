package org.stripeanalytics.extraction;

/**
 * The objects of one list that were created in a span of time.
 *
 * @param list such as {@code charges}
 * @param from first second, since the epoch
 * @param to first second after it
 */
record Window(String list, long from, long to) {

  /** The parameters that ask for it. */
  String parameters() {
    return "created[gte]=" + from + "&created[lt]=" + to;
  }

  boolean isEmpty() {
    return from >= to;
  }

  /** The newer half; the other one is {@link #olderHalf}. */
  Window newerHalf() {
    return new Window(list, middle(), to);
  }

  Window olderHalf() {
    return new Window(list, from, middle());
  }

  private long middle() {
    return from + (to - from) / 2;
  }
}
