package org.stripeanalytics.fold.state;

import org.stripeanalytics.fold.timeline.OpeningMrr;

/** The state every customer starts from. */
public final class CustomerStates {
  /** Before anything was seen. */
  public static final CustomerState EMPTY =
      CustomerState.builder().setOpening(OpeningMrr.NEVER_ANY).build();

  private CustomerStates() {}
}
