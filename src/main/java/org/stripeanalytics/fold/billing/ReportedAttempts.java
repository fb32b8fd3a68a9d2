package org.stripeanalytics.fold.billing;

import java.time.Instant;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.raw.StatusTransitions;

/**
 * The attempts at an invoice that only the invoice itself reports, because no charge is linked to
 * it: webhooks of today do not say which charge paid an invoice, and of an attempt that failed
 * there may be no link at all. Why an attempt failed is not known.
 *
 * @param firstAt when the first one was made
 * @param attempts all of them
 * @param succeeded 1 where the last one paid the invoice, else 0
 * @param paidAt when it did; null unless it did
 */
public record ReportedAttempts(
    Instant firstAt, long attempts, long succeeded, @Nullable Instant paidAt) {

  /**
   * Empty for an invoice that says nothing of attempts.
   *
   * @param firstFailedAt when it was first seen to have failed; null if it was not
   * @param paidOutOfBand whether it was paid by none of the attempts
   */
  public static Optional<ReportedAttempts> of(
      InvoiceSnapshot invoice, @Nullable Instant firstFailedAt, boolean paidOutOfBand) {
    if (invoice.getAttemptCount() == 0) {
      return Optional.empty();
    }
    StatusTransitions transitions = invoice.getStatusTransitions();
    Instant finalizedAt =
        Optional.ofNullable(transitions.getFinalizedAt()).orElse(invoice.getCreated());
    boolean succeeded = "paid".equals(invoice.getStatus()) && !paidOutOfBand;
    return Optional.of(
        new ReportedAttempts(
            Optional.ofNullable(firstFailedAt).orElse(finalizedAt),
            invoice.getAttemptCount(),
            succeeded ? 1 : 0,
            succeeded ? transitions.getPaidAt() : null));
  }

  boolean firstFailed() {
    return attempts > succeeded;
  }

  private Instant lastAt() {
    return paidAt != null ? paidAt : firstAt;
  }

  InvoiceSettlement.Builder into(InvoiceSettlement.Builder settlement) {
    return settlement
        .setFirstAttemptedAt(firstAt)
        .setFirstAttemptStatus(firstFailed() ? "failed" : "succeeded")
        .setLastAttemptedAt(lastAt())
        .setAttempts(attempts)
        .setAttemptsSucceeded(succeeded)
        .setAttemptsFailed(attempts - succeeded);
  }
}
