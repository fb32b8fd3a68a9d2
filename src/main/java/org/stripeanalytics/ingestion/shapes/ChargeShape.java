package org.stripeanalytics.ingestion.shapes;

import static org.stripeanalytics.ingestion.shapes.Members.JSON;
import static org.stripeanalytics.ingestion.shapes.Members.fill;
import static org.stripeanalytics.ingestion.shapes.Members.isThere;
import static org.stripeanalytics.ingestion.shapes.Members.rename;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import java.util.Locale;

/**
 * Charges and their refunds.
 *
 * <table>
 * <caption>What changed</caption>
 * <tr><th>until</th><th>former</th><th>today</th></tr>
 * <tr><td>2014-12-17</td><td>statement_description</td><td>statement_descriptor</td></tr>
 * <tr><td>2015-02-18</td><td>no status, or paid</td><td>succeeded, failed or pending, by paid and
 *     failure_code</td></tr>
 * <tr><td>2015-02-18</td><td>card</td><td>source</td></tr>
 * <tr><td>objects of 2016</td><td>a refund without a status</td><td>succeeded: one that failed was
 *     given its status later</td></tr>
 * <tr><td>2019-02-11</td><td>source, with address_* and name</td><td>payment_method_details,
 *     billing_details, payment_method</td></tr>
 * <tr><td>2020-08-27</td><td>no amount_captured</td><td>amount if captured</td></tr>
 * <tr><td>2022-11-15</td><td>refunds</td><td>a row of each</td></tr>
 * <tr><td>2025-03-31.basil</td><td>invoice</td><td>invoice_payments</td></tr>
 * </table>
 */
final class ChargeShape {
  private static final ImmutableMap<String, String> STATUS = ImmutableMap.of("paid", "succeeded");

  /** How a card's network is called where it is not only written in lower case. */
  private static final ImmutableMap<String, String> BRANDS =
      ImmutableMap.of("american express", "amex", "diners club", "diners");

  private static final ImmutableMap<String, String> ADDRESS =
      ImmutableMap.of(
          "address_city", "city",
          "address_country", "country",
          "address_line1", "line1",
          "address_line2", "line2",
          "address_zip", "postal_code",
          "address_state", "state");

  static void charge(ObjectNode charge) {
    fill(charge, "source", charge.get("card"));
    fill(charge, "statement_descriptor", charge.get("statement_description"));
    rename(charge, "status", STATUS);
    fill(charge, "status", status(charge));
    fill(charge, "paid", charge.path("status").asText().equals("succeeded"));
    fill(charge, "captured", charge.get("paid"));
    boolean captured = charge.path("captured").asBoolean(false);
    fill(charge, "amount_captured", captured ? charge.get("amount") : JSON.numberNode(0));
    fill(charge, "amount_refunded", 0);
    fill(charge, "refunded", refundedWhole(charge));
    fill(charge, "disputed", isThere(charge.get("dispute")));
    if (charge.get("source") instanceof ObjectNode source) {
      source(charge, source);
    }
    fill(charge, "billing_details", JSON.objectNode());
  }

  static void refund(ObjectNode refund) {
    rename(refund, "status", ImmutableMap.of("cancelled", "canceled"));
    fill(refund, "status", "succeeded");
  }

  private static String status(ObjectNode charge) {
    if (charge.path("paid").asBoolean(false)) {
      return "succeeded";
    }
    return isThere(charge.get("failure_code")) || isThere(charge.get("failure_message"))
        ? "failed"
        : "pending";
  }

  private static boolean refundedWhole(ObjectNode charge) {
    long refunded = charge.path("amount_refunded").asLong();
    return refunded > 0 && refunded >= charge.path("amount_captured").asLong();
  }

  private static void source(ObjectNode charge, ObjectNode source) {
    fill(charge, "payment_method", source.get("id"));
    if (source.path("object").asText("card").equals("card") && isThere(source.get("last4"))) {
      ObjectNode card = source.deepCopy();
      brand(card);
      ObjectNode details = JSON.objectNode().put("type", "card");
      details.set("card", card);
      fill(charge, "payment_method_details", details);
      ObjectNode billing = JSON.objectNode();
      billing.set("name", source.get("name"));
      ObjectNode address = billing.putObject("address");
      ADDRESS.forEach((former, today) -> address.set(today, source.get(former)));
      fill(charge, "billing_details", billing);
    }
  }

  private static void brand(ObjectNode card) {
    JsonNode brand = isThere(card.get("brand")) ? card.get("brand") : card.path("type");
    if (brand.isTextual()) {
      String name = brand.textValue().toLowerCase(Locale.ROOT);
      card.put("brand", BRANDS.getOrDefault(name, name));
    }
  }

  private ChargeShape() {}
}
