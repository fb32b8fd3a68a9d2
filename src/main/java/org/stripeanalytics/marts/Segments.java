package org.stripeanalytics.marts;

import static org.stripeanalytics.model.Segmented.UNATTRIBUTED;

import com.google.common.collect.ImmutableList;
import org.stripeanalytics.model.Segmented;
import org.stripeanalytics.model.facts.PaymentFact;

/** The segment values a fact is counted in: those of its customer, which it carries. */
final class Segments {

  static ImmutableList<SegmentKey> of(Segmented fact) {
    return SegmentKey.of(
        fact.getCountry(), fact.getRegion(), fact.getChannel(), fact.getInitialPlan());
  }

  /** A charge where the ledger's entries are counted: one without a customer is unattributed. */
  static ImmutableList<SegmentKey> inLedger(PaymentFact payment) {
    return payment.getCustomerId() == null
        ? SegmentKey.of(UNATTRIBUTED, UNATTRIBUTED, UNATTRIBUTED, UNATTRIBUTED)
        : of(payment);
  }

  private Segments() {}
}
