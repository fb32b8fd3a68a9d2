package org.stripeanalytics.intermediate;

/** The state every customer starts from. */
final class CustomerStates {
  /** Before anything was seen. */
  static final CustomerState EMPTY =
      CustomerState.builder().setOpening(OpeningMrr.NEVER_ANY).build();

  private CustomerStates() {}
}
