package org.stripeanalytics.ingestion.shapes;

import static org.stripeanalytics.ingestion.shapes.Members.fill;
import static org.stripeanalytics.ingestion.shapes.Members.id;
import static org.stripeanalytics.ingestion.shapes.Members.rename;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Balance transactions and payouts.
 *
 * <table>
 * <caption>What changed</caption>
 * <tr><th>until</th><th>former</th><th>today</th></tr>
 * <tr><td>2014-12-17</td><td>payout.statement_description</td><td>statement_descriptor</td></tr>
 * <tr><td>2017-04-06</td><td>balance_transaction.type transfer for what goes to a
 *     bank, transfer_cancel, transfer_failure</td><td>payout, payout_cancel, payout_failure, by the
 *     id of the source</td></tr>
 * <tr><td>2017-04-06</td><td>payout.date, bank_account</td><td>arrival_date, destination</td></tr>
 * <tr><td>2019-10-17</td><td>no balance_transaction.reporting_category</td><td>that of the
 *     type</td></tr>
 * <tr><td>2025-05-28.basil</td><td>no balance_transaction.balance_type</td><td>payments</td></tr>
 * <tr><td>2023</td><td>no payout.reconciliation_status</td><td>not_applicable</td></tr>
 * </table>
 */
final class LedgerShape {
  /** The reporting categories that are not called as their type, by type. */
  private static final ImmutableMap<String, String> CATEGORIES =
      ImmutableMap.<String, String>builder()
          .put("payment", "charge")
          .put("payment_refund", "refund")
          .put("payment_failure_refund", "refund")
          .put("stripe_fee", "fee")
          .put("stripe_fx_fee", "fee")
          .put("payout_cancel", "payout_reversal")
          .put("payout_failure", "payout_reversal")
          .put("transfer_cancel", "transfer_reversal")
          .put("transfer_failure", "transfer_reversal")
          .put("transfer_refund", "transfer_reversal")
          .put("application_fee", "platform_earning")
          .put("application_fee_refund", "platform_earning_refund")
          .put("tax_fee", "tax")
          .put("adjustment", "other_adjustment")
          .buildOrThrow();

  private static final ImmutableMap<String, String> PAYOUT_TYPES =
      ImmutableMap.of(
          "transfer", "payout",
          "transfer_cancel", "payout_cancel",
          "transfer_failure", "payout_failure");

  static void balanceTransaction(ObjectNode transaction) {
    String source = id(transaction.get("source"));
    if (source != null && source.startsWith("po_")) {
      rename(transaction, "type", PAYOUT_TYPES);
    }
    fill(transaction, "balance_type", "payments");
    fill(transaction, "fee", 0);
    fill(transaction, "net", transaction.get("amount"));
    fill(transaction, "status", "available");
    fill(transaction, "available_on", transaction.get("created"));
    fill(transaction, "reporting_category", category(transaction, source));
  }

  private static String category(ObjectNode transaction, @Nullable String source) {
    String type = transaction.path("type").asText();
    boolean ofDispute =
        type.equals("adjustment")
            && source != null
            && (source.startsWith("dp_") || source.startsWith("du_"));
    if (ofDispute) {
      return transaction.path("amount").asLong() > 0 ? "dispute_reversal" : "dispute";
    }
    return CATEGORIES.getOrDefault(type, type);
  }

  static void payout(ObjectNode payout) {
    fill(payout, "arrival_date", payout.get("date"));
    fill(payout, "arrival_date", payout.get("created"));
    fill(payout, "destination", payout.path("bank_account").get("id"));
    fill(payout, "statement_descriptor", payout.get("statement_description"));
    fill(payout, "automatic", true);
    fill(payout, "method", "standard");
    fill(payout, "type", "bank_account");
    fill(payout, "source_type", "card");
    fill(payout, "reconciliation_status", "not_applicable");
  }

  private LedgerShape() {}
}
