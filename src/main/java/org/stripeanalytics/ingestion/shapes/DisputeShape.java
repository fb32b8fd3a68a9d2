package org.stripeanalytics.ingestion.shapes;

import static org.stripeanalytics.ingestion.shapes.Members.JSON;
import static org.stripeanalytics.ingestion.shapes.Members.fill;
import static org.stripeanalytics.ingestion.shapes.Members.rename;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;

/**
 * Disputes.
 *
 * <table>
 * <caption>What changed</caption>
 * <tr><th>until</th><th>former</th><th>today</th></tr>
 * <tr><td>2014-08-20</td><td>balance_transaction</td><td>balance_transactions</td></tr>
 * <tr><td>2014-12-08</td><td>evidence_due_by</td><td>evidence_details.due_by</td></tr>
 * <tr><td>2017-08-15</td><td>status charge_refunded: an inquiry that ended with a refund</td>
 *     <td>warning_closed</td></tr>
 * <tr><td>2024</td><td>no payment_method_details.card.case_type</td><td>inquiry for the states of
 *     one, else chargeback</td></tr>
 * </table>
 */
final class DisputeShape {
  private static final ImmutableMap<String, String> STATUS =
      ImmutableMap.of("charge_refunded", "warning_closed");

  static void dispute(ObjectNode dispute) {
    rename(dispute, "status", STATUS);
    fill(dispute, "reason", "general");
    fill(dispute, "is_charge_refundable", false);
    if (dispute.path("payment_method_details").get("card") instanceof ObjectNode card) {
      boolean inquiry = dispute.path("status").asText().startsWith("warning_");
      fill(card, "case_type", inquiry ? "inquiry" : "chargeback");
      fill(dispute, "card", card);
    }
    evidence(dispute);
    if (dispute.get("balance_transaction") instanceof ObjectNode only) {
      fill(dispute, "balance_transactions", JSON.arrayNode().add(only));
    }
    for (JsonNode transaction : dispute.path("balance_transactions")) {
      if (transaction instanceof ObjectNode entry) {
        LedgerShape.balanceTransaction(entry);
      }
    }
  }

  private static void evidence(ObjectNode dispute) {
    fill(dispute, "evidence_details", JSON.objectNode());
    if (dispute.get("evidence_details") instanceof ObjectNode details) {
      fill(details, "due_by", dispute.get("evidence_due_by"));
      fill(details, "has_evidence", false);
      fill(details, "past_due", false);
      fill(details, "submission_count", 0);
    }
  }

  private DisputeShape() {}
}
