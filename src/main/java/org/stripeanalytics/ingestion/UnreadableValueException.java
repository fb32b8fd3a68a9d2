package org.stripeanalytics.ingestion;

import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.Violation;

/** A value of an object that cannot become the value of its column; rejects the object. */
public final class UnreadableValueException extends Exception {
  private final RejectionRule rule;

  public UnreadableValueException(RejectionRule rule, String message) {
    // It is an answer and not a failure: nobody looks at where it was thrown.
    super(message, null, false, false);
    this.rule = rule;
  }

  public Violation violation() {
    return new Violation(rule, getMessage());
  }
}
