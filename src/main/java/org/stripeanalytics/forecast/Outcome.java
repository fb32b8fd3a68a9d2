package org.stripeanalytics.forecast;

/** What came of a customer within some months, as tables say it. */
final class Outcome {
  static final String STAYED = "stayed";

  /** Left of its own accord, or for no reason given. */
  static final String VOLUNTARY = "voluntary";

  /** Left because payment failed or was disputed. */
  static final String INVOLUNTARY = "involuntary";

  private Outcome() {}
}
