package org.stripeanalytics.extraction;

import java.time.Instant;
import java.util.List;

/** Where events are put that Stripe lists and nobody has received. */
public interface MissingEvents {
  /**
   * Keeps the events for good.
   *
   * @param events each as Stripe sends it, on one line
   * @param from first second of the span of time that they are of
   * @param to first second after it
   * @return where they are, for people
   * @throws ExtractionException when they cannot be kept
   */
  String put(List<String> events, Instant from, Instant to);
}
