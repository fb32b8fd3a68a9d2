package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Until basil (2025) an invoice named the charge or payment intent that paid it, and a charge its
 * invoice; since then an {@code invoice_payment} stands between them, and it is the only column
 * that says who paid what. This reads the one out of the others. Its id is made from the ids of
 * both ends, so that an invoice and its charge give the same payment.
 */
final class FormerPayments {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int ID_CHARACTERS = 24;

  /**
   * The payment that an object of a former version names. None if it is of a current one, and none
   * if it lists its payments: those are objects of their own.
   */
  static Optional<ObjectNode> of(String type, ObjectNode object) {
    return switch (type) {
      case "invoice" ->
          object.path("payments").path("data").isEmpty() ? ofInvoice(object) : Optional.empty();
      case "charge" -> ofCharge(object);
      default -> Optional.empty();
    };
  }

  private static Optional<ObjectNode> ofInvoice(ObjectNode invoice) {
    ObjectNode payment = payer(id(invoice.get("payment_intent")), id(invoice.get("charge")));
    String invoiceId = id(invoice.get("id"));
    if (payment == null || invoiceId == null) {
      return Optional.empty();
    }
    JsonNode transitions = invoice.path("status_transitions");
    boolean paid = invoice.path("status").asText().equals("paid");
    boolean canceled = invoice.path("status").asText().equals("void");
    ObjectNode result = paymentOf(invoiceId, payment, invoice);
    result.set("amount_requested", invoice.get("amount_due"));
    result.set("amount_paid", paid ? invoice.get("amount_paid") : null);
    result.put("status", paid ? "paid" : canceled ? "canceled" : "open");
    ObjectNode own = result.putObject("status_transitions");
    own.set("paid_at", paid ? transitions.get("paid_at") : null);
    own.set("canceled_at", canceled ? transitions.get("voided_at") : null);
    return Optional.of(result);
  }

  private static Optional<ObjectNode> ofCharge(ObjectNode charge) {
    ObjectNode payment = payer(id(charge.get("payment_intent")), id(charge.get("id")));
    String invoiceId = id(charge.get("invoice"));
    if (payment == null || invoiceId == null) {
      return Optional.empty();
    }
    boolean paid = charge.path("status").asText().equals("succeeded");
    ObjectNode result = paymentOf(invoiceId, payment, charge);
    result.set("amount_requested", charge.get("amount"));
    result.set("amount_paid", paid ? charge.get("amount") : null);
    result.put("status", paid ? "paid" : "open");
    result.putObject("status_transitions").set("paid_at", paid ? charge.get("created") : null);
    return Optional.of(result);
  }

  private static ObjectNode paymentOf(String invoiceId, ObjectNode payment, ObjectNode source) {
    String ends = invoiceId + "/" + payment;
    ObjectNode result = JSON.objectNode();
    result.put(
        "id",
        "inpay_" + Hashing.sha256().hashString(ends, UTF_8).toString().substring(0, ID_CHARACTERS));
    result.put("object", "invoice_payment");
    result.put("invoice", invoiceId);
    result.put("is_default", true);
    result.set("created", source.get("created"));
    result.set("currency", source.get("currency"));
    result.set("livemode", source.get("livemode"));
    result.set("payment", payment);
    return result;
  }

  private static @Nullable ObjectNode payer(@Nullable String intent, @Nullable String charge) {
    if (intent == null && charge == null) {
      return null;
    }
    String type = intent != null ? "payment_intent" : "charge";
    return JSON.objectNode().put("type", type).put(type, intent != null ? intent : charge);
  }

  /** An id, or that of an expanded object. */
  private static @Nullable String id(@Nullable JsonNode node) {
    JsonNode id = node != null && node.isObject() ? node.get("id") : node;
    return id != null && id.isTextual() ? id.textValue() : null;
  }

  private FormerPayments() {}
}
