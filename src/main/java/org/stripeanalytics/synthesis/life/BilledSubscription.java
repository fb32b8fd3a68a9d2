package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import org.stripeanalytics.model.raw.Subscription;

/** A subscription as its invoices see it: what they ask of it, and what they report to it. */
interface BilledSubscription {
  /** Its object in Stripe, as it is now. */
  Subscription row();

  /** Whether the first charge after the trial is to fail, and the subscription to end with it. */
  boolean firstPaymentFails();

  /** An invoice for a period was paid. */
  void periodPaid(Instant at);

  /** An attempt at an invoice failed. */
  void paymentFailed(Instant at);

  /** Nobody will try again to collect an invoice. */
  void collectionExhausted(Instant at);

  /** Nobody paid the first invoice in time. */
  void expireIncomplete(Instant at);

  /** A cardholder has disputed a charge, and wants no more of them. */
  void endByDispute(Instant at);
}
