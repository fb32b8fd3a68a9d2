package org.stripeanalytics.synthesis;

/** What follows a successful charge: nothing, a refund, or a dispute. */
final class Aftermath {
  private final CustomerLife life;

  Aftermath(CustomerLife life) {
    this.life = life;
  }

  void of(Collection collection, boolean firstPayment, SubscriptionLife subscription) {}
}
