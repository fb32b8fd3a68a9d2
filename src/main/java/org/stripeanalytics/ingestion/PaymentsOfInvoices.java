package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;

/**
 * The payments that an object tells of besides itself. An invoice lists its own in {@code
 * payments.data}, and for one that is still open this is the only place where Stripe shows it: the
 * events of an {@code invoice_payment} begin with its being paid. Objects of former versions tell
 * of them as {@link FormerPayments} says.
 */
final class PaymentsOfInvoices {

  static ImmutableList<ObjectNode> toldOf(String type, ObjectNode object) {
    ImmutableList<ObjectNode> listed = type.equals("invoice") ? listed(object) : ImmutableList.of();
    return listed.isEmpty()
        ? FormerPayments.of(type, object).map(ImmutableList::of).orElse(ImmutableList.of())
        : listed;
  }

  /** An id in the place of a payment, from a list that was not expanded, tells nothing of it. */
  private static ImmutableList<ObjectNode> listed(ObjectNode invoice) {
    ImmutableList.Builder<ObjectNode> payments = ImmutableList.builder();
    for (JsonNode payment : invoice.path("payments").path("data")) {
      if (payment instanceof ObjectNode object) {
        payments.add(object);
      }
    }
    return payments.build();
  }

  private PaymentsOfInvoices() {}
}
