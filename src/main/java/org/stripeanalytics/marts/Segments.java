package org.stripeanalytics.marts;

import com.google.common.collect.ImmutableList;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.facts.DisputeFact;
import org.stripeanalytics.model.facts.LedgerEntry;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.facts.PaymentFact;
import org.stripeanalytics.model.intermediate.CustomerMilestones;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.relations.CustomerRelations;

/** The segment values a fact is counted in: those of its customer, which it carries. */
final class Segments {
  /** Where the ledger's entries are counted that belong to no customer. */
  static final String UNATTRIBUTED = "unattributed";

  static ImmutableList<SegmentKey> of(MrrMovement movement) {
    return SegmentKey.of(
        movement.getCountry(),
        movement.getRegion(),
        movement.getChannel(),
        movement.getInitialPlan());
  }

  static ImmutableList<SegmentKey> of(CustomerMonth month) {
    return SegmentKey.of(
        month.getCountry(), month.getRegion(), month.getChannel(), month.getInitialPlan());
  }

  static ImmutableList<SegmentKey> of(CustomerMilestones customer) {
    return SegmentKey.of(
        customer.getCountry(),
        customer.getRegion(),
        customer.getChannel(),
        customer.getInitialPlan());
  }

  static ImmutableList<SegmentKey> of(InvoiceSettlement invoice) {
    return SegmentKey.of(
        invoice.getCountry(), invoice.getRegion(), invoice.getChannel(), invoice.getInitialPlan());
  }

  static ImmutableList<SegmentKey> of(PaymentFact payment) {
    return SegmentKey.of(
        payment.getCountry(), payment.getRegion(), payment.getChannel(), payment.getInitialPlan());
  }

  /** A charge where the ledger's entries are counted: one of nobody is unattributed there. */
  static ImmutableList<SegmentKey> inLedger(PaymentFact payment) {
    return payment.getCustomerId() == null
        ? SegmentKey.of(UNATTRIBUTED, UNATTRIBUTED, UNATTRIBUTED, UNATTRIBUTED)
        : of(payment);
  }

  static ImmutableList<SegmentKey> of(LedgerEntry entry) {
    return SegmentKey.of(
        entry.getCountry(), entry.getRegion(), entry.getChannel(), entry.getInitialPlan());
  }

  static ImmutableList<SegmentKey> of(DisputeFact dispute) {
    return SegmentKey.of(
        dispute.getCountry(), dispute.getRegion(), dispute.getChannel(), dispute.getInitialPlan());
  }

  static ImmutableList<SegmentKey> of(ChargeIncident incident) {
    return SegmentKey.of(
        incident.getCountry(),
        incident.getRegion(),
        incident.getChannel(),
        incident.getInitialPlan());
  }

  /** A dealing that is nobody's is counted as unresolved in each segment, so that totals tie. */
  static ImmutableList<SegmentKey> of(CustomerRelations customer) {
    return SegmentKey.of(
        customer.getCountry(),
        customer.getRegion(),
        customer.getChannel(),
        customer.getInitialPlan());
  }

  private Segments() {}
}
