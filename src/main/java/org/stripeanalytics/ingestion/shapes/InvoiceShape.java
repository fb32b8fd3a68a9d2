package org.stripeanalytics.ingestion.shapes;

import static org.stripeanalytics.ingestion.shapes.Members.JSON;
import static org.stripeanalytics.ingestion.shapes.Members.fill;
import static org.stripeanalytics.ingestion.shapes.Members.id;
import static org.stripeanalytics.ingestion.shapes.Members.isThere;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Invoices.
 *
 * <table>
 * <caption>What changed</caption>
 * <tr><th>until</th><th>former</th><th>today</th></tr>
 * <tr><td>2018-05-21</td><td>no amount_paid, amount_remaining</td><td>amount_due or 0 by whether it
 *     is paid, and the rest</td></tr>
 * <tr><td>2018-11-08</td><td>paid, forgiven, closed</td><td>status paid, uncollectible, void; else
 *     open once it was attempted and draft before</td></tr>
 * <tr><td>2019-03-14</td><td>date, finalized_at</td><td>created,
 *     status_transitions.finalized_at</td></tr>
 * <tr><td>2019-03-14</td><td>no status_transitions</td><td>finalised when created, paid when it was
 *     seen paid, but within an hour if by the first attempt; so are those of the time
 *     before that have status_transitions without paid_at</td></tr>
 * <tr><td>2019-10-17</td><td>billing</td><td>collection_method</td></tr>
 * <tr><td>2020-08-27</td><td>discount</td><td>discounts</td></tr>
 * <tr><td>2025-03-31.basil</td><td>subscription</td><td>parent.subscription_details</td></tr>
 * <tr><td>2025-03-31.basil</td><td>paid_out_of_band, charge, payment_intent</td><td>payments, which
 *     are a table of their own</td></tr>
 * </table>
 */
final class InvoiceShape {
  private static final long HOUR_SECONDS = 3_600;

  static void invoice(ObjectNode invoice, Instant seenAt) {
    fill(invoice, "created", invoice.get("date"));
    fill(invoice, "collection_method", invoice.get("billing"));
    fill(invoice, "collection_method", "charge_automatically");
    fill(invoice, "period_start", invoice.get("created"));
    fill(invoice, "period_end", invoice.get("period_start"));
    status(invoice);
    amounts(invoice);
    transitions(invoice, seenAt);
    DiscountShape.discountsOf(invoice);
    discountAmounts(invoice);
    parent(invoice);
    JsonNode lines = invoice.path("lines");
    for (JsonNode line : lines.isArray() ? lines : lines.path("data")) {
      if (line instanceof ObjectNode lineObject) {
        fill(lineObject, "currency", invoice.get("currency"));
        LineShape.line(lineObject);
      }
    }
  }

  private static void status(ObjectNode invoice) {
    fill(invoice, "attempt_count", 0);
    fill(invoice, "attempted", invoice.path("attempt_count").asLong() > 0);
    if (invoice.path("paid").isBoolean()) {
      fill(invoice, "status", formerStatus(invoice));
    }
  }

  private static String formerStatus(ObjectNode invoice) {
    if (invoice.path("paid").asBoolean()) {
      return "paid";
    }
    if (invoice.path("forgiven").asBoolean()) {
      return "uncollectible";
    }
    if (invoice.path("closed").asBoolean()) {
      return "void";
    }
    return invoice.path("attempted").asBoolean() ? "open" : "draft";
  }

  private static void amounts(ObjectNode invoice) {
    fill(invoice, "total", invoice.get("subtotal"));
    fill(invoice, "subtotal", invoice.get("total"));
    fill(invoice, "amount_due", invoice.get("total"));
    if (invoice.path("amount_due").isIntegralNumber()) {
      boolean paid = isPaid(invoice);
      long due = invoice.get("amount_due").asLong();
      fill(invoice, "amount_paid", paid ? due : 0);
      fill(invoice, "amount_remaining", Math.max(0, due - invoice.path("amount_paid").asLong()));
    }
    fill(invoice, "amount_overpaid", 0);
    fill(invoice, "starting_balance", 0);
  }

  /** What the one discount took off is what the subtotal and the tax lack in the total. */
  private static void discountAmounts(ObjectNode invoice) {
    String discount = id(invoice.path("discounts").path(0));
    if (isThere(invoice.get("total_discount_amounts"))
        || discount == null
        || invoice.path("discounts").size() > 1) {
      return;
    }
    long amount =
        invoice.path("subtotal").asLong()
            + invoice.path("tax").asLong()
            - invoice.path("total").asLong();
    if (amount > 0) {
      invoice
          .putArray("total_discount_amounts")
          .addObject()
          .put("amount", amount)
          .put("discount", discount);
    }
  }

  private static void transitions(ObjectNode invoice, Instant seenAt) {
    if (!isThere(invoice.get("status_transitions"))) {
      ObjectNode transitions = JSON.objectNode();
      transitions.set("finalized_at", invoice.get("finalized_at"));
      if (!invoice.path("status").asText().equals("draft")) {
        fill(transitions, "finalized_at", invoice.get("created"));
      }
      invoice.set("status_transitions", transitions);
    }
    if (isPaid(invoice) && invoice.get("status_transitions") instanceof ObjectNode transitions) {
      fill(transitions, "paid_at", paidAt(invoice, seenAt));
    }
  }

  /** What the first attempt paid was paid when the invoice had been a draft for an hour at most. */
  private static long paidAt(ObjectNode invoice, Instant seenAt) {
    long seen = seenAt.getEpochSecond();
    boolean atOnce = invoice.path("attempt_count").asLong() <= 1;
    return atOnce && invoice.path("created").canConvertToLong()
        ? Math.min(seen, invoice.get("created").asLong() + HOUR_SECONDS)
        : seen;
  }

  private static void parent(ObjectNode invoice) {
    if (isThere(invoice.get("parent"))) {
      if (invoice.get("parent") instanceof ObjectNode parent) {
        fill(parent, "subscription", parent.path("subscription_details").get("subscription"));
      }
    } else if (isThere(invoice.get("subscription"))) {
      ObjectNode parent = JSON.objectNode().put("type", "subscription_details");
      parent.set("subscription", invoice.get("subscription"));
      invoice.set("parent", parent);
    }
  }

  private static boolean isPaid(ObjectNode invoice) {
    return invoice.path("status").asText().equals("paid");
  }

  private InvoiceShape() {}
}
