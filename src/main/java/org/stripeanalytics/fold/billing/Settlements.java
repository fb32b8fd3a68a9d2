package org.stripeanalytics.fold.billing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.intermediate.SettlementAttempt;

/** Rows of {@code intermediate.invoice_settlements}; their segments are filled in by the fold. */
public final class Settlements {

  /**
   * @param attempts the charges for the invoice, in time order
   * @param firstFailedAt when the invoice itself first reported a failed attempt; null if it did
   *     not
   * @param lastChange the day of the newest change that the row reflects
   */
  public static InvoiceSettlement of(
      InvoiceSnapshot invoice,
      List<SettlementAttempt> attempts,
      Optional<ReportedAttempts> ofInvoice,
      LocalDate lastChange,
      Catalog catalog,
      ReportingFrame frame) {
    SettlementAttempt first = attempts.isEmpty() ? null : attempts.get(0);
    SettlementAttempt last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    Optional<ReportedAttempts> reported = attempts.isEmpty() ? ofInvoice : Optional.empty();
    boolean firstFailed =
        reported
            .map(ReportedAttempts::firstFailed)
            .orElse(first != null && first.getStatus().equals("failed"));
    String status = invoice.getStatus();
    InvoiceSettlement.Builder settlement =
        InvoiceSettlement.builder()
            .setInvoiceId(invoice.getId())
            .setCustomerId(invoice.getCustomer())
            .setSubscriptionId(subscription(invoice))
            .setCurrency(invoice.getCurrency())
            .setStatus(status)
            .setAmountDueMinor(invoice.getAmountDue())
            .setAmountDueReportingMinor(
                catalog.convert(invoice.getAmountDue(), invoice.getCurrency(), frame.currency()))
            .setFirstAttemptedAt(first == null ? null : first.getAttemptedAt())
            .setFirstAttemptStatus(first == null ? null : first.getStatus())
            .setLastAttemptedAt(last == null ? null : last.getAttemptedAt())
            .setAttempts(attempts.size())
            .setAttemptsSucceeded(count(attempts, "succeeded"))
            .setAttemptsFailed(count(attempts, "failed"))
            .setPaidAt(invoice.getStatusTransitions().getPaidAt())
            .setNextPaymentAttempt(invoice.getNextPaymentAttempt())
            .setIsRecovered(firstFailed && status.equals("paid"))
            .setIsInRecovery(
                firstFailed && status.equals("open") && invoice.getNextPaymentAttempt() != null)
            .setAttemptLog(attempts)
            .setCountry(Catalog.UNKNOWN)
            .setRegion(Catalog.UNKNOWN)
            .setChannel(Catalog.UNKNOWN)
            .setInitialPlan("none")
            .setAsOf(lastChange);
    return reported.map(of -> of.into(settlement)).orElse(settlement).build();
  }

  /** The settlement, counted where its customer is. */
  public static InvoiceSettlement in(CustomerSegments segments, InvoiceSettlement settlement) {
    return settlement.toBuilder()
        .setCountry(segments.getCountry())
        .setRegion(segments.getRegion())
        .setChannel(segments.getChannel())
        .setInitialPlan(segments.getInitialPlan())
        .build();
  }

  /** The subscription that an invoice is of; null for one of none. */
  public static @Nullable String subscription(InvoiceSnapshot invoice) {
    return invoice.getParent() == null ? null : invoice.getParent().getSubscription();
  }

  private static long count(List<SettlementAttempt> attempts, String status) {
    return attempts.stream().filter(attempt -> attempt.getStatus().equals(status)).count();
  }

  private Settlements() {}
}
