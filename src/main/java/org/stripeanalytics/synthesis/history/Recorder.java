package org.stripeanalytics.synthesis.history;

/**
 * Receives every change of a simulated history, in order of time; changes of the same second come
 * in the order in which they happened. Raw rows, JSON and events are all made from what it hears.
 */
public interface Recorder {
  void record(Snapshot<?> snapshot);

  /** Tells both, this one first. */
  default Recorder and(Recorder other) {
    return snapshot -> {
      record(snapshot);
      other.record(snapshot);
    };
  }
}
